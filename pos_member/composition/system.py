"""The real clock, identifiers and PIN hashes of a running program."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from pos_member.domain.ids import Uuid7Factory


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """The current instant, in UTC, to the millisecond."""
        now = datetime.now(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)


class Argon2Pins:
    """PINs hashed with argon2id."""

    def hash(self, pin: str) -> str:
        """The hash to store for a PIN."""
        from argon2 import PasswordHasher

        return PasswordHasher().hash(pin)

    def verify(self, pin_hash: str, pin: str) -> bool:
        """Whether the PIN is the one that was hashed; a damaged hash fits no PIN."""
        from argon2 import PasswordHasher
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            return PasswordHasher().verify(pin_hash, pin)
        except (VerificationError, InvalidHashError):
            return False


def system_ids() -> Uuid7Factory:
    """UUIDv7 from the computer's clock and its source of secrets."""
    return Uuid7Factory(SystemClock(), secrets.randbits)
