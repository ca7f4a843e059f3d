"""Signing in: who may, the PIN as far as it has been typed, and how long a lock still holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pos_member.app.counter import Session
from pos_member.domain.errors import Spoken
from pos_member.domain.rights import role_label
from pos_member.domain.staff import Role, Staff
from ui.view_models.labels import label
from ui.view_models.language import Translate

PIN_MOST = 8
"""Digits a PIN has at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffTile:
    """Someone who may sign in. ``key`` is the digit that picks them, empty from the tenth on."""

    staff_id: str
    key: str
    name: str
    role: str
    initial: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinEntry:
    """A PIN being typed."""

    digits: str = ""

    def typed(self, digit: str) -> PinEntry:
        """With one more digit; nothing beyond the longest PIN."""
        if not (digit.isascii() and digit.isdigit()) or len(self.digits) >= PIN_MOST:
            return self
        return replace(self, digits=self.digits + digit)

    def shortened(self) -> PinEntry:
        """Without the last digit."""
        return replace(self, digits=self.digits[:-1])


def staff_tiles(staff: Iterable[Staff], translate: Translate) -> tuple[StaffTile, ...]:
    """Tiles in the order given, the first nine with a key."""
    return tuple(
        StaffTile(
            staff_id=person.id,
            key=str(index) if index <= 9 else "",
            name=person.name,
            role=translate(label(person.role)),
            initial=person.name[:1],
        )
        for index, person in enumerate(staff, start=1)
    )


def tile_of(tiles: Iterable[StaffTile], person: Staff | None) -> StaffTile | None:
    """The tile of who is locked out, who is asked first; None where nobody is, or who is may sign in no more."""
    return next((tile for tile in tiles if person is not None and tile.staff_id == person.id), None)


def idle_ms(session: Session | None) -> int | None:
    """After how many ms without a sign of life the till is locked; None while nobody is signed in."""
    return None if session is None else session.lock_after_seconds * 1000


def pharmacists(staff: Iterable[Staff]) -> tuple[Staff, ...]:
    """Who may come on duty."""
    return tuple(person for person in staff if person.role is Role.PHARMACIST)


def approvers(staff: Iterable[Staff], refusal: Spoken) -> tuple[Staff, ...]:
    """Who may allow what was refused as ``right_missing``: whose role is one of those that the refusal names."""
    named = str(refusal.gaps.get("roles", "")).split("、")
    return tuple(person for person in staff if role_label(person.role) in named)


def locked_seconds(spoken: Spoken) -> int | None:
    """How many seconds a person is locked out for, None when the refusal is another."""
    seconds = spoken.gaps.get("seconds")
    return seconds if spoken.code == "pin_locked" and isinstance(seconds, int) else None
