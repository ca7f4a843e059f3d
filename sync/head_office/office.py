"""Head office (总部): what it publishes, whom it admits, and what it takes in, over one database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, bindparam, insert, select

from pos_member.app.codec import to_text
from pos_member.app.published import Entity, EntityKind
from pos_member.domain.clock import Clock, business_date, instant_text
from pos_member.domain.errors import Refusal
from pos_member.domain.ids import IdFactory
from pos_member.domain.ledger import LedgerEntry, unexpired
from pos_member.domain.member import MemberState
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.staff import Store
from pos_member.storage.database_file import open_database
from pos_member.storage.engine import reading, writing
from pos_member.storage.replica_rows import read_entity, read_member
from sync import wire
from sync.head_office.fact_book import read_sale_by_receipt, returned_of
from sync.head_office.feed import feed_head, publish_changes, read_page
from sync.head_office.history import HEAD_OFFICE
from sync.head_office.intake import Intake
from sync.head_office.ledger_book import add_entries
from sync.head_office.posting import Posting
from sync.head_office.publishing import prepared, refolded
from sync.head_office.rules_in_force import RulesInForce
from sync.head_office.schema import epochs, head_office
from sync.head_office.snapshots import Snapshots
from sync.head_office.tasks import Tasks
from sync.head_office.terminals import (
    CODE_VALID_FOR,
    Secrets,
    Terminal,
    add_code,
    admit,
    enrol_terminal,
    revoke_terminal,
)

CHAIN_ZONE = "Asia/Shanghai"

_APPLIED = select(epochs.c.epoch, epochs.c.last_seq).where(epochs.c.terminal_id == bindparam("terminal"))


class HeadOffice:
    """Head office over one SQLite file. Every method is one transaction and may be called from any thread."""

    def __init__(
        self, engine: Engine, *, hq_epoch: str, path: Path, clock: Clock, ids: IdFactory, secrets: Secrets
    ) -> None:
        self.hq_epoch = hq_epoch
        self._engine = engine
        self._clock = clock
        self._ids = ids
        self._secrets = secrets
        self._rulesets: dict[str, Ruleset] = {}
        self._snapshots = Snapshots(engine, path.parent / f"{path.stem}-snapshots")
        self._on_published: Callable[[], None] | None = None

    @classmethod
    def open(cls, path: Path, clock: Clock, ids: IdFactory, secrets: Secrets) -> HeadOffice:
        """Opens a database, making or migrating it if need be. ``secrets(n)`` gives n unguessable bytes.

        ``Fault``: ``folder_unwritable``, ``database_newer``, ``database_damaged``, ``disk_write_failed``.
        """
        engine = open_database(path, HEAD_OFFICE)
        with writing(engine) as connection:
            hq_epoch = connection.execute(select(head_office.c.hq_epoch)).scalar_one_or_none()
            if hq_epoch is None:
                hq_epoch = ids.new()
                row = {"id": 1, "hq_epoch": hq_epoch, "created_at": instant_text(clock.now())}
                connection.execute(insert(head_office).values(row))
        return cls(engine, hq_epoch=hq_epoch, path=path, clock=clock, ids=ids, secrets=secrets)

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()

    def when_published(self, call: Callable[[], None] | None) -> None:
        """What to call, on the publishing thread, after the feed has moved on."""
        self._on_published = call

    def is_empty(self) -> bool:
        """Whether nothing was ever published."""
        with reading(self._engine) as connection:
            return feed_head(connection) == 0

    def publish(self, entities: Iterable[Entity]) -> None:
        """Publishes things to every till, all or none.

        Of a member, profile, allergies and cards are taken as given, lots, debt and bonuses from the ledger
        (:meth:`import_ledger`); the other figures are taken for a member who is new here, and kept as head office has
        them for a known one; so is which sale used a coupon, and what is counted of a stock. ``Refusal``:
        ``ruleset_unusable``, ``ruleset_changed``, ``store_zone_unknown``, ``offer_unusable``.
        """
        with self._publishing() as connection:
            publish_changes(connection, prepared(connection, entities, self._today()))

    def withdraw(self, kind: EntityKind, entity_id: str) -> None:
        """Takes a thing away from every till."""
        with self._publishing() as connection:
            publish_changes(connection, {(kind, entity_id): None})

    def import_ledger(self, entries: Iterable[LedgerEntry]) -> None:
        """Adds ledger entries, each once, and publishes the members concerned: lots, debt and bonuses follow from them.

        ``ValueError`` names an entry that is malformed, or known with another content; then none is added.
        """
        added = list(entries)
        with self._publishing() as connection:
            add_entries(connection, added)
            member_ids = dict.fromkeys(entry.member_id for entry in added)
            publish_changes(connection, refolded(connection, member_ids, self._today()))

    def member(self, member_id: str) -> MemberState | None:
        """A member's state as it was last published."""
        with reading(self._engine) as connection:
            return read_member(connection, member_id)

    def member_figure(self, member_id: str) -> wire.MemberFigure:
        """A member's points now, as a till asks for them. ``Refusal`` ``member_unknown``."""
        with reading(self._engine) as connection:
            state = read_member(connection, member_id)
        if state is None:
            raise Refusal("member_unknown", "总部没有这位会员。")
        lots = unexpired(state.lots, self._today())
        return wire.MemberFigure(
            member_id=member_id,
            tier=state.tier.value,
            available=sum(lot.points for lot in lots),
            debt=state.debt,
            lots=lots,
            as_of=self._clock.now(),
        )

    def sale(self, receipt_no: str) -> wire.SaleAnswer:
        """A sale by the number on its receipt, and what came back of it. ``Refusal`` ``sale_unknown``."""
        with reading(self._engine) as connection:
            sale = read_sale_by_receipt(connection, receipt_no)
            if sale is None:
                raise Refusal("sale_unknown", "总部没有小票号为 {receipt} 的销售。", receipt=receipt_no)
            return wire.SaleAnswer(document=to_text(sale).encode(), returned=returned_of(connection, sale.id))

    def new_enrolment_code(self, store_id: str, terminal_name: str, valid_for: timedelta = CODE_VALID_FOR) -> str:
        """A one-time code for a new terminal of a store. ``Refusal`` ``store_unknown``."""
        with writing(self._engine) as connection:
            if not isinstance(read_entity(connection, EntityKind.STORE, store_id), Store):
                raise Refusal("store_unknown", "没有编号为 {store_id} 的门店：请核对门店编号。", store_id=store_id)
            return add_code(
                connection,
                store_id=store_id,
                terminal_name=terminal_name,
                now=self._clock.now(),
                valid_for=valid_for,
                secrets=self._secrets,
            )

    def enrol(self, request: wire.EnrolRequest) -> wire.EnrolAnswer:
        """Gives a new terminal its identity. ``Refusal``: ``enrolment_code_unknown``, ``…_used``, ``…_expired``."""
        with writing(self._engine) as connection:
            terminal, credential = enrol_terminal(
                connection,
                code=request.code,
                name=request.name,
                now=self._clock.now(),
                ids=self._ids,
                secrets=self._secrets,
            )
        return wire.EnrolAnswer(
            terminal_id=terminal.id,
            terminal_no=f"{terminal.number:02d}",
            name=terminal.name,
            store_id=terminal.store_id,
            credential=credential,
            hq_epoch=self.hq_epoch,
        )

    def admit(self, credential: str) -> Terminal:
        """Whose credential this is. ``NotAdmitted``: ``credential_unknown``, ``terminal_revoked``."""
        with reading(self._engine) as connection:
            return admit(connection, credential)

    def revoke(self, terminal_id: str) -> None:
        """Shuts a terminal out."""
        with writing(self._engine) as connection:
            revoke_terminal(connection, terminal_id, self._clock.now())

    def push(self, terminal: Terminal, request: wire.PushRequest) -> wire.PushAnswer:
        """Takes a terminal's events in, posts and publishes what follows from them, and only then answers."""
        now = self._clock.now()
        with self._publishing() as connection:
            posting = Posting(connection, RulesInForce(connection, self._rulesets), self._today())
            tasks = Tasks(connection, self._ids, now)
            outcome = Intake(connection, terminal, posting, tasks, now).take(request)
            entities, overdrafts = posting.refolded()
            for overdraft in overdrafts:
                what = f"会员积分透支，欠 {overdraft.points} 分：由之后所得抵还。"
                tasks.raise_once("overdrawn", overdraft.key, what, overdraft.member_id)
            publish_changes(connection, entities)
        return wire.PushAnswer(
            epoch=request.epoch,
            acked_seq=outcome.acked_seq,
            acked_hash=outcome.acked_hash,
            verdicts=outcome.verdicts,
            hq_epoch=self.hq_epoch,
            now=now,
            need_from=outcome.need_from,
            problem=outcome.problem,
            why=outcome.why,
        )

    def feed(self, terminal: Terminal, after: int, limit: int) -> wire.FeedAnswer:
        """Up to ``limit`` changes after a number, and how far the terminal's own events are in the figures."""
        with reading(self._engine) as connection:
            now = self._clock.now()
            page = read_page(connection, after, limit)
            applied = {row.epoch: row.last_seq for row in connection.execute(_APPLIED, {"terminal": terminal.id})}
        changes, digest = wire.pack_changes(page.changes)
        return wire.FeedAnswer(
            after=after,
            upto=page.upto,
            rows=len(page.changes),
            digest=digest,
            changes=changes,
            hq_epoch=self.hq_epoch,
            head=page.head,
            floor=page.floor,
            as_of=now,
            more=page.upto < page.head,
            applied=applied,
        )

    def health(self) -> wire.Health:
        """That head office is up."""
        with reading(self._engine) as connection:
            head = feed_head(connection)
        return wire.Health(protocol=wire.PROTOCOL, hq_epoch=self.hq_epoch, feed_no=head, now=self._clock.now())

    def snapshot(self) -> wire.SnapshotManifest:
        """A snapshot to fetch; built if there is none that is fresh enough. ``Fault`` ``disk_write_failed``."""
        return self._snapshots.current(self.hq_epoch, self._clock.now())

    def snapshot_file(self, digest: str) -> Path | None:
        """The packed file of a snapshot, None when it is not given out any more."""
        return self._snapshots.file(digest)

    def _today(self) -> date:
        return business_date(self._clock.now(), CHAIN_ZONE)

    @contextmanager
    def _publishing(self) -> Iterator[Connection]:
        with writing(self._engine) as connection:
            before = feed_head(connection)
            yield connection
            moved = feed_head(connection) > before
        if moved and self._on_published is not None:
            self._on_published()
