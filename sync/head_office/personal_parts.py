"""What is personal about an event: checked against the chain's digest, and kept where it can be erased."""

from __future__ import annotations

from dataclasses import dataclass

from pos_member.domain.event import PersonalPart
from sync import wire

_SALT_BYTES = 16
_MOST_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivedPart:
    """What came beside an event: the part, if it is the one that was chained.

    ``erased``: the chain holds a digest and nothing came with it. ``unfit``: what came is not what was chained.
    """

    part: PersonalPart | None = None
    erased: bool = False
    unfit: bool = False


def arrived_part(event: wire.WireEvent, digest: object) -> ArrivedPart:
    """The part of an event whose canonical bytes name a ``digest`` (None: none).

    The salt has its fixed length, so that no byte of it can be passed off as one of the content.
    """
    if not event.salt and not event.part:
        return ArrivedPart(erased=digest is not None)
    part = PersonalPart(salt=event.salt, content=event.part)
    fits = len(event.salt) == _SALT_BYTES and len(event.part) <= _MOST_BYTES and part.digest == digest
    return ArrivedPart(part=part) if fits else ArrivedPart(unfit=True)
