"""The published rulesets, parsed once each."""

from __future__ import annotations

from sqlalchemy import Connection

from pos_member.app.published import EntityKind, PublishedRuleset
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.ruleset_document import parse_ruleset
from pos_member.domain.toml_section import RulesetError
from pos_member.storage.replica_rows import read_entity


class RulesInForce:
    """Rulesets by version. ``parsed`` outlives the transaction: a published version never changes."""

    def __init__(self, connection: Connection, parsed: dict[str, Ruleset]) -> None:
        self._connection = connection
        self._parsed = parsed

    def of_version(self, version: str) -> Ruleset | None:
        """The ruleset of a version, None when head office never published it or this program cannot read it."""
        if version not in self._parsed:
            published = read_entity(self._connection, EntityKind.RULESET, version)
            if not isinstance(published, PublishedRuleset):
                return None
            try:
                self._parsed[version] = parse_ruleset(published.text)
            except RulesetError:
                return None
        return self._parsed[version]
