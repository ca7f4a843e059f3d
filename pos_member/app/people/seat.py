"""Who sits at the till. Forgotten when the till is switched off; all else is on disk."""

from __future__ import annotations

from collections.abc import Callable

from pos_member.domain.errors import Refusal
from pos_member.domain.staff import Staff


class Seat:
    """The person signed in, and whether the screen was locked since.

    ``as_now`` gives somebody as head office has them now, role and all; it refuses whoever is none of the staff any
    more.
    """

    def __init__(self, as_now: Callable[[Staff], Staff]) -> None:
        self._as_now = as_now
        self._person: Staff | None = None
        self._locked = False

    @property
    def occupant(self) -> Staff | None:
        """Who is signed in, locked or not, whatever has become of them since."""
        return self._person

    @property
    def is_locked(self) -> bool:
        """Whether a PIN is needed before anything else is done."""
        return self._locked

    def person(self) -> Staff:
        """Who acts. ``Refusal``: ``not_signed_in``, ``till_locked``, ``staff_gone``."""
        return self._as_now(self.unlocked())

    def unlocked(self) -> Staff:
        """Who is signed in, whatever has become of them since. ``Refusal``: ``not_signed_in``, ``till_locked``."""
        if self._person is None:
            raise Refusal("not_signed_in", "请先登录")
        if self._locked:
            raise Refusal("till_locked", "收银台已锁定：请 {name} 输入密码解锁，或换人登录", name=self._person.name)
        return self._person

    def take(self, person: Staff) -> None:
        """Somebody signs in, or unlocks."""
        self._person = person
        self._locked = False

    def lock(self) -> None:
        """Nobody acts until a PIN was typed; the basket stays."""
        self._locked = self._person is not None

    def leave(self) -> None:
        """Nobody is signed in."""
        self._person = None
        self._locked = False
