"""What a counter shows: frozen values that use cases give and screens draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from pos_member.domain.basket import Basket
from pos_member.domain.conflicts import Conflict
from pos_member.domain.errors import Sentence
from pos_member.domain.member import MemberState
from pos_member.domain.prompts import Prompt, TierProgress
from pos_member.domain.quote import MemberStanding, Quote
from pos_member.domain.redemption import RedemptionLimit
from pos_member.domain.sale import Sale
from pos_member.domain.staff import Staff, Store
from pos_member.domain.tender import Tender
from pos_member.domain.trace import TraceStep


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberSheet:
    """The member at the counter. ``standing`` has this till's own, not yet counted records laid over head office's.

    ``own_records`` is how many those are, ``as_of`` when head office last vouched for the rest. ``available`` points.
    """

    state: MemberState
    standing: MemberStanding
    card_code: str | None
    available: int
    worth_fen: int
    debt: int
    own_records: int
    as_of: datetime | None
    prompts: tuple[Prompt, ...]
    next_tier: TierProgress | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RedemptionAllowance:
    """The most points this basket may be paid with now, what they are worth, and what sets that limit.

    Points go by whole steps of ``step``, from ``minimum`` on, and pay at most ``max_share`` of what is payable.
    ``offline_left`` is what is left of this till's limit today.
    """

    points: int
    worth_fen: int
    step: int
    minimum: int
    max_share: Fraction
    reason: RedemptionLimit
    offline_left: int


class NeedKind(StrEnum):
    """What has to be done before a basket can be settled."""

    PHARMACIST = "pharmacist"
    PRESCRIPTION = "prescription"
    APPROVAL = "approval"
    FEWER_PACKS = "fewer_packs"
    BUYER = "buyer"
    ACKNOWLEDGEMENT = "acknowledgement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something that the basket needs before it can be settled; until then that is refused with this code and sentence.

    ``skus`` are the goods that it is about, ``prescription_id`` the prescription that waits for a pharmacist,
    ``conflict`` the key of the conflict that nobody has acknowledged.
    """

    kind: NeedKind
    code: str
    sentence: Sentence
    skus: tuple[str, ...]
    prescription_id: str | None = None
    conflict: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterState:
    """The open basket, priced. ``quote`` is None while there are no goods; ``touched`` is the line last changed.

    ``trace`` tells how the quote's figures came about. ``coupon_problem`` says why the coupon in the basket takes
    nothing off now, and keeps the basket from being settled. ``conflicts`` are all there are, acknowledged or not;
    ``needs`` is empty when nothing stands in the way of settling.
    """

    basket: Basket
    quote: Quote | None
    member: MemberSheet | None
    allowance: RedemptionAllowance
    touched: int | None = None
    trace: tuple[TraceStep, ...] = ()
    coupon_problem: Sentence | None = None
    conflicts: tuple[Conflict, ...] = ()
    needs: tuple[Need, ...] = ()


class CandidateKind(StrEnum):
    """What a candidate is."""

    PRODUCT = "product"
    MEMBER = "member"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One of several things that typed text may mean. ``key`` goes back to :meth:`Till.choose`."""

    kind: CandidateKind
    key: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Typed text that means several things: pick one."""

    text: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """The basket as it would be settled with so many points and these tenders. ``cash_fen`` None: no cash given yet.

    ``short_fen`` is what is still missing. ``suggestions`` are handy cash amounts for what the other tenders leave,
    rising, the exact one first.
    """

    quote: Quote
    allowance: RedemptionAllowance
    tenders: tuple[Tender, ...]
    cash_fen: int | None
    change_fen: int
    short_fen: int
    suggestions: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A sale that is durably recorded, and the fresh counter after it. ``available`` is the member's new balance.

    ``receipt_queued`` is False when the printer's queue was full: the sale stands, its receipt can be reprinted later.
    A till without a printer queues nothing, and nothing is amiss.
    """

    sale: Sale
    available: int | None
    receipt_queued: bool
    next: CounterState


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Who is at the till, and who is the pharmacist on duty, since when.

    So many seconds without a key, a touch or a scan lock the till.
    """

    staff: Staff
    store: Store
    terminal_name: str
    pharmacist: Staff | None
    pharmacist_since: datetime | None
    business_date: date
    lock_after_seconds: int


class Link(StrEnum):
    """Whether head office answers."""

    CONNECTING = "connecting"
    ONLINE = "online"
    OFFLINE = "offline"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadOfficeStatus:
    """Sync as the status bar tells it. ``since``: the link is as it is since then; ``problem``: why all is not well."""

    link: Link
    since: datetime
    unsent: int
    last_contact: datetime | None
    feed_no: int = 0
    problem: Sentence | None = None


class PrinterState(StrEnum):
    """What is known of the printer."""

    UNKNOWN = "unknown"
    READY = "ready"
    UNREACHABLE = "unreachable"
    COVER_OPEN = "cover_open"
    PAPER_END = "paper_end"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterStatus:
    """The printer and its queue as the status bar tells them: jobs ``waiting``, and ``uncertain`` ones to ask about."""

    state: PrinterState
    waiting: int
    uncertain: int
    near_end: bool = False
    problem: str = ""
