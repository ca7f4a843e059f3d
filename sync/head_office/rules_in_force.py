"""The published rulesets, parsed once each."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, bindparam, select

from pos_member.app.codec import from_text
from pos_member.app.published import EntityKind, PublishedRuleset
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.ruleset_document import parse_ruleset
from pos_member.domain.toml_section import RulesetError
from pos_member.storage.replica_rows import read_entity
from pos_member.storage.replica_schema import rulesets

_BEGUN = select(rulesets.c.version, rulesets.c.effective_from, rulesets.c.stores, rulesets.c.feed_no).where(
    rulesets.c.effective_from <= bindparam("on")
)


class RulesInForce:
    """Rulesets by version and by day. ``parsed`` outlives the transaction: a published version never changes."""

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

    def on(self, day: date, store_id: str) -> Ruleset | None:
        """The ruleset in force at a store on a business date, as its tills choose it; None without one.

        The latest to take effect; of two on one day the one made for the store, then the one published last.
        """
        candidates = [
            (row.effective_from, store_id in stores, row.feed_no, row.version)
            for row in self._connection.execute(_BEGUN, {"on": day.isoformat()})
            if not (stores := from_text(tuple[str, ...], row.stores)) or store_id in stores
        ]
        found = (self.of_version(version) for *_, version in sorted(candidates, reverse=True))
        return next((ruleset for ruleset in found if ruleset is not None), None)
