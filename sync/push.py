"""Handing this till's facts to head office, in order, each counted once (docs/sync.md, "Push")."""

from __future__ import annotations

from collections.abc import Callable

from pos_member.app.published import Judgement, Outbox, OutboxHead
from pos_member.domain.errors import Fault
from pos_member.domain.event import GENESIS_HASH, Event
from sync import wire
from sync.transport import Transport


async def push_all(transport: Transport, outbox: Outbox, confirmed: Callable[[], None]) -> None:
    """Pushes until head office holds everything; ``confirmed`` is called after each batch it took.

    A chain that head office takes no further is set aside, with its reason, and what this till writes goes into another
    one. ``Fault`` ``chain_diverged`` or ``chain_broken`` (not retryable) when that cannot help: the facts stay in the
    outbox.
    """
    while any([await _push_chain(transport, outbox, head, confirmed) for head in outbox.chains()]):
        pass


async def _push_chain(transport: Transport, outbox: Outbox, head: OutboxHead, confirmed: Callable[[], None]) -> bool:
    """Pushes one chain to its end; whether it was set aside, which begins another."""
    after = head.acked_seq
    while events := outbox.batch(after, wire.MAX_EVENTS, wire.MAX_PUSH_BYTES, head.epoch):
        answer = await transport.push(_request(outbox, head, events))
        if answer.need_from is None:
            _check_and_acknowledge(outbox, head, events, answer)
        if answer.acked_seq > after:
            confirmed()
        if answer.problem:
            problem = Fault(
                answer.problem,
                "总部没有接收本机第 {seq} 条之后的记录：{why}记录都保存在本机，销售照常；请联系总部。",
                retryable=False,
                seq=answer.acked_seq,
                why=answer.why,
            )
            if outbox.set_aside(head.epoch, problem.sentence):
                return True
            raise problem
        after = _next_position(after, answer)
    return False


def _request(outbox: Outbox, head: OutboxHead, events: tuple[Event, ...]) -> wire.PushRequest:
    first = events[0].key.seq
    return wire.PushRequest(
        epoch=head.epoch,
        first_seq=first,
        prev_hash=_hash_at(outbox, head, first - 1),
        events=tuple(map(_wire_event, events)),
    )


def _wire_event(event: Event) -> wire.WireEvent:
    if event.part is None:
        return wire.WireEvent(canonical=event.canonical, hash=event.hash)
    return wire.WireEvent(canonical=event.canonical, hash=event.hash, salt=event.part.salt, part=event.part.content)


def _hash_at(outbox: Outbox, head: OutboxHead, seq: int) -> bytes:
    if seq == 0:
        return GENESIS_HASH
    if seq == head.acked_seq:
        return head.acked_hash
    before = outbox.batch(seq - 1, 1, wire.MAX_PUSH_BYTES, head.epoch)
    return before[0].hash if before else b""  # lost with a damaged file: head office will say that it does not fit


def _check_and_acknowledge(
    outbox: Outbox, head: OutboxHead, events: tuple[Event, ...], answer: wire.PushAnswer
) -> None:
    """Advances only over what head office proves to hold: its hash at that number is our own."""
    first, last = events[0].key.seq, events[-1].key.seq
    in_range = answer.epoch == head.epoch and first - 1 <= answer.acked_seq <= last
    if not in_range or _hash_at(outbox, head, answer.acked_seq) != answer.acked_hash:
        raise Fault(
            "chain_diverged",
            "总部在第 {seq} 条确认的不是本机的记录：本机数据可能从旧备份恢复过。"
            "记录都保存在本机，销售照常；请联系总部。",
            retryable=False,
            seq=answer.acked_seq,
        )
    if answer.acked_seq > head.acked_seq:
        judgements = [Judgement(seq=each.seq, verdict=each.verdict, why=each.why) for each in answer.verdicts]
        outbox.acknowledge(head.epoch, answer.acked_seq, answer.acked_hash, judgements)


def _next_position(after: int, answer: wire.PushAnswer) -> int:
    """Where to push from next; head office that was restored from a backup asks for earlier events again."""
    position = answer.acked_seq if answer.need_from is None else answer.need_from - 1
    gone_back = answer.need_from is not None and position < after
    if position > after or gone_back:
        return position
    raise Fault("push_stalled", "总部没有确认收到的记录，稍后自动重试；销售照常。", retryable=True)
