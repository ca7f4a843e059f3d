"""Staff: who may sign in at a till, as what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person is at the store."""

    CASHIER = "cashier"
    PHARMACIST = "pharmacist"
    STORE_MANAGER = "store_manager"


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """A member of staff; ``pin_hash`` is an argon2id hash."""

    id: str
    number: str
    name: str
    role: Role
    pin_hash: str
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A pharmacist is on duty (在岗) at a till since a moment, until the end of that business date at most.

    ``beside``: came on duty beside whoever sits at the till, and stays when others sign in there.
    """

    staff_id: str
    since: datetime
    until: datetime
    beside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """A shop of the chain; ``zone`` is an IANA time zone name."""

    id: str
    name: str
    address: str
    phone: str
    zone: str = "Asia/Shanghai"
