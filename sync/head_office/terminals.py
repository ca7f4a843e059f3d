"""Who may speak to head office: one-time enrolment codes (注册码) and the terminals' credentials."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, insert, select, update

from pos_member.domain.clock import instant_text, parse_instant
from pos_member.domain.errors import Refusal
from pos_member.domain.ids import IdFactory
from sync.head_office.schema import enrolment_codes, terminals

Secrets = Callable[[int], bytes]
"""So many unguessable bytes."""

CODE_VALID_FOR = timedelta(hours=24)
_CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: read aloud and typed without mistakes
_CODE_LENGTH = 10
_SECRET_BYTES = 32
_NAME_LENGTH = 40
_CREDENTIAL = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{64})", re.ASCII)

_BY_CODE = select(enrolment_codes).where(enrolment_codes.c.code_hash == bindparam("hash")).with_for_update()
_TERMINAL = select(terminals).where(terminals.c.id == bindparam("terminal"))


class NotAdmitted(Refusal):
    """A credential that is not, or no longer, good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """A terminal as head office knows it; ``number`` from 1 within the store."""

    id: str
    store_id: str
    number: int
    name: str


def add_code(
    connection: Connection, *, store_id: str, terminal_name: str, now: datetime, valid_for: timedelta, secrets: Secrets
) -> str:
    """A new one-time code, in two groups of five. Only its hash is kept."""
    code = "".join(_CODE_LETTERS[byte % 32] for byte in secrets(_CODE_LENGTH))
    connection.execute(
        insert(enrolment_codes).values(
            code_hash=_code_hash(code),
            store_id=store_id,
            terminal_name=terminal_name,
            created_at=instant_text(now),
            expires_at=instant_text(now + valid_for),
        )
    )
    return f"{code[:5]}-{code[5:]}"


def enrol_terminal(
    connection: Connection, *, code: str, name: str, now: datetime, ids: IdFactory, secrets: Secrets
) -> tuple[Terminal, str]:
    """A new terminal for a code, and its credential. ``name`` empty: as the code named it.

    ``Refusal``: ``enrolment_code_unknown``, ``enrolment_code_used``, ``enrolment_code_expired``.
    """
    row = connection.execute(_BY_CODE, {"hash": _code_hash(code)}).one_or_none()
    if row is None:
        raise Refusal("enrolment_code_unknown", "没有这个注册码：请核对后重输，或向总部要新的注册码。")
    if row.used_at is not None:
        raise Refusal("enrolment_code_used", "这个注册码已经用过：一个注册码只能登记一台终端，请向总部要新的。")
    if parse_instant(row.expires_at) <= now:
        raise Refusal("enrolment_code_expired", "这个注册码已经过期：请向总部要新的注册码。")
    connection.execute(
        update(enrolment_codes).where(enrolment_codes.c.code_hash == row.code_hash).values(used_at=instant_text(now))
    )
    highest = connection.execute(
        select(func.coalesce(func.max(terminals.c.number), 0)).where(terminals.c.store_id == row.store_id)
    ).scalar_one()
    terminal = Terminal(
        id=ids.new(),
        store_id=row.store_id,
        number=highest + 1,
        name=name.strip()[:_NAME_LENGTH] or row.terminal_name,
    )
    secret = secrets(_SECRET_BYTES).hex()
    connection.execute(
        insert(terminals).values(
            id=terminal.id,
            store_id=terminal.store_id,
            number=terminal.number,
            name=terminal.name,
            secret_hash=_secret_hash(secret),
            enrolled_at=instant_text(now),
        )
    )
    return terminal, f"{terminal.id}.{secret}"


def admit(connection: Connection, credential: str) -> Terminal:
    """Whose credential this is. :class:`NotAdmitted`: ``credential_unknown``, ``terminal_revoked``."""
    unknown = NotAdmitted("credential_unknown", "凭据不对。")
    match = _CREDENTIAL.fullmatch(credential)
    if match is None:
        raise unknown
    row = connection.execute(_TERMINAL, {"terminal": match[1]}).one_or_none()
    if row is None or not hmac.compare_digest(row.secret_hash, _secret_hash(match[2])):
        raise unknown
    if row.revoked_at is not None:
        raise NotAdmitted("terminal_revoked", "本机已被总部停用。")
    return Terminal(id=row.id, store_id=row.store_id, number=row.number, name=row.name)


def revoke_terminal(connection: Connection, terminal_id: str, now: datetime) -> None:
    """From now on the terminal's credential is good for nothing."""
    connection.execute(
        update(terminals)
        .where(terminals.c.id == terminal_id, terminals.c.revoked_at.is_(None))
        .values(revoked_at=instant_text(now))
    )


def _code_hash(code: str) -> bytes:
    plain = code.upper().replace("-", "").replace(" ", "").replace("O", "0").replace("I", "1").replace("L", "1")
    return hashlib.sha256(plain.encode()).digest()


def _secret_hash(secret: str) -> bytes:
    """A plain hash does: the secret has 256 random bits, there is nothing to guess."""
    return hashlib.sha256(bytes.fromhex(secret)).digest()
