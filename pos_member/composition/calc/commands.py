"""The four computations by their names, each loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from pos_member.composition.calc.fields import Table
from pos_member.domain.errors import Refusal
from pos_member.domain.ruleset import Ruleset

Command: TypeAlias = Callable[[Table, Ruleset], dict[str, object]]
"""The fields of a JSON object in, a result out; ``Refusal`` and ``Malformed`` where there is none."""


def answer(command: Command, given: Table, ruleset: Ruleset) -> dict[str, object]:
    """The result, or the refusal that stands for it. ``Malformed`` where the input cannot be."""
    try:
        return command(given, ruleset)
    except Refusal as refusal:
        return {"refused": {"code": refusal.code, "message": refusal.message}}


def _quote(given: Table, ruleset: Ruleset) -> dict[str, object]:
    from pos_member.composition.calc.quote_command import quote_command

    return quote_command(given, ruleset)


def _return(given: Table, ruleset: Ruleset) -> dict[str, object]:
    from pos_member.composition.calc.return_command import return_command

    return return_command(given, ruleset)


def _balance(given: Table, ruleset: Ruleset) -> dict[str, object]:
    from pos_member.composition.calc.balance_command import balance_command

    return balance_command(given, ruleset)


def _tier(given: Table, ruleset: Ruleset) -> dict[str, object]:
    from pos_member.composition.calc.tier_command import tier_command

    return tier_command(given, ruleset)


COMMANDS: Final[Mapping[str, Command]] = MappingProxyType(
    {"quote": _quote, "return": _return, "balance": _balance, "tier": _tier}
)
"""The computations by their names."""
