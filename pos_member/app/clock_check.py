"""Whether the till's clock can be believed, where a date decides about points or shifts; no sale ever waits for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from pos_member.app.ports import Freshness, TerminalRecords
from pos_member.app.workplace import Moment, Workplace
from pos_member.domain.clock import SURELY_WRONG, local_text
from pos_member.domain.errors import Refusal

_JITTER: Final = timedelta(minutes=2)
"""What two clocks of a shop differ by without anybody minding; head office shows no smaller skew either."""


def require_sound_clock(workplace: Workplace, records: TerminalRecords, moment: Moment) -> None:
    """Refuses what a wrong date would make wrong: redemptions, bonuses of a day, shifts.

    ``Refusal``: ``clock_set_back`` when it is earlier than this till, or head office a day ago, has known it to be;
    ``clock_ahead`` when the till was more than a day ahead of head office at their last exchange. Head office's word of
    this very moment outweighs what was recorded by a clock that used to be fast.
    """
    fresh = workplace.replica.freshness()
    if not _just_confirmed(fresh, moment.at):
        latest = records.latest_event_at()
        if latest is not None and moment.at < latest - _JITTER:
            raise _set_back(workplace, moment.at, latest)
    if fresh.as_of is None:
        return
    if moment.at < fresh.as_of - SURELY_WRONG:
        raise _set_back(workplace, moment.at, fresh.as_of)
    if fresh.ahead > SURELY_WRONG:
        zone = workplace.store().zone
        raise Refusal(
            "clock_ahead",
            "上次与总部核对时，总部时间 {office}，本机却是 {till}，快了一天以上：请校准系统时间，连上总部后再办理",
            office=local_text(fresh.as_of, zone),
            till=local_text(fresh.as_of + fresh.ahead, zone),
        )


def _just_confirmed(fresh: Freshness, now: datetime) -> bool:
    """Whether head office has answered within two minutes, and the clocks agreed."""
    if fresh.as_of is None or abs(fresh.ahead) > _JITTER:
        return False
    return timedelta(0) <= now - (fresh.as_of + fresh.ahead) <= _JITTER


def _set_back(workplace: Workplace, now: datetime, latest: datetime) -> Refusal:
    zone = workplace.store().zone
    return Refusal(
        "clock_set_back",
        "本机时间 {now} 早于已有记录的时间 {latest}：请校准系统时间；已经校准的，连上总部核对后再办理",
        now=local_text(now, zone),
        latest=local_text(latest, zone),
    )
