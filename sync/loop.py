"""The thread that keeps a till and head office together; the till never waits for it (docs/sync.md, "The loop")."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NoReturn

from pos_member.app.counter import HeadOfficeStatus, Link
from pos_member.app.published import Outbox, ReplicaFeed
from pos_member.domain.clock import Clock
from pos_member.domain.errors import Fault, InvariantViolation, Sentence, Spoken
from sync import wire
from sync.backoff import LONGEST_SECONDS, Backoff
from sync.enrolment import Identity
from sync.pull import LATE_ROWS, Pull
from sync.push import push_all
from sync.transport import HeadOfficeBusy, Transport

_CHAIN_PROBLEMS = frozenset({"chain_diverged", "chain_broken"})
_SKEW = timedelta(minutes=2)


class SyncLoop:
    """Pushes before it pulls, then waits for news of either side.

    ``on_status`` is called on the sync thread whenever something a person can see has changed. ``folder`` holds the
    replica; snapshots are fetched beside it. The databases' ports are used on the sync thread alone.
    """

    def __init__(
        self,
        *,
        identity: Identity,
        outbox: Outbox,
        feed: ReplicaFeed,
        folder: Path,
        clock: Clock,
        backoff: Backoff,
        on_status: Callable[[HeadOfficeStatus], None],
        late_rows: int = LATE_ROWS,
    ) -> None:
        self._identity = identity
        self._outbox = outbox
        self._feed = feed
        self._clock = clock
        self._backoff = backoff
        self._on_status = on_status
        self._replica = Pull(feed, folder, late_rows)
        self._push_problem: Sentence | None = None
        self._skew_problem: Sentence | None = None
        self._status = HeadOfficeStatus(link=Link.CONNECTING, since=clock.now(), unsent=0, last_contact=None)
        self._lock = threading.Lock()
        self._events: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._news = asyncio.Event()
        self._stopped = False
        self._thread = threading.Thread(target=self._main, name="sync", daemon=True)

    def start(self) -> None:
        """Starts the thread; answers at once."""
        self._thread.start()

    def wake(self) -> None:
        """There is something new to push. Answers at once; from any thread."""
        with self._lock:
            if self._events is not None:
                self._events.call_soon_threadsafe(self._news.set)

    def stop(self, timeout: float = 2.0) -> bool:
        """Cuts what is in flight and ends the thread; whether it ended within ``timeout`` seconds."""
        with self._lock:
            self._stopped = True
            if self._events is not None and self._task is not None:
                self._events.call_soon_threadsafe(self._task.cancel)
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _main(self) -> None:
        with suppress(asyncio.CancelledError):
            asyncio.run(self._run())

    async def _run(self) -> None:
        with self._lock:
            if self._stopped:
                return
            self._events = asyncio.get_running_loop()
            self._task = asyncio.current_task()
        try:
            while True:
                await self._wait(*await self._survive())
        finally:
            with self._lock:
                self._events = None

    async def _survive(self) -> tuple[float, bool]:
        try:
            return await self._attempt()
        except Exception:  # the sync loop's edge: a bug must not end syncing for the day
            logging.getLogger(__name__).exception("sync failed")
            return self._backoff.failed(), False

    async def _attempt(self) -> tuple[float, bool]:
        """Stays with head office until that fails; seconds to wait then, and whether news may cut the wait short."""
        try:
            async with Transport(self._identity.base_url, self._identity.credential) as transport:
                self._tell()
                await self._stay(transport)
        except HeadOfficeBusy as busy:
            self._tell(link=Link.OFFLINE, problem=busy.sentence)
            return self._put_off(busy, self._backoff.failed(busy.retry_after)), False
        except Spoken as spoken:
            retryable = isinstance(spoken, Fault) and spoken.retryable
            self._tell(link=Link.OFFLINE if retryable else Link.REFUSED, problem=spoken.sentence)
            return self._put_off(spoken, self._backoff.failed() if retryable else LONGEST_SECONDS), True

    def _put_off(self, spoken: Spoken, seconds: float) -> float:
        """Writes down why the outbox stands still, and until when."""
        self._outbox.put_off(spoken.message, self._clock.now() + timedelta(seconds=seconds))
        return seconds

    async def _wait(self, seconds: float, until_news: bool) -> None:
        if until_news:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), seconds)
            self._news.clear()
        else:
            await asyncio.sleep(seconds)

    async def _stay(self, transport: Transport) -> NoReturn:
        """Until something fails, which is the only way out."""
        await self._push(transport)
        while await self._pull(transport):
            pass
        while True:
            await self._watch(transport)

    async def _watch(self, transport: Transport) -> None:
        """Waits for news of head office while pushing our own as it comes."""
        poll = asyncio.create_task(self._replica.ask(transport, wire.MAX_WAIT_SECONDS))
        try:
            while not poll.done():
                news = asyncio.create_task(self._news.wait())
                try:
                    await asyncio.wait({poll, news}, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    news.cancel()
                if self._news.is_set():
                    await self._push(transport)
            answer = await poll
        finally:
            poll.cancel()
            await asyncio.gather(poll, return_exceptions=True)
        more = await self._take(transport, answer)
        while more:
            more = await self._pull(transport)

    async def _push(self, transport: Transport) -> None:
        """Pushes; a chain that head office does not accept stops pushing, not pulling."""
        self._news.clear()
        self._tell()
        try:
            await push_all(transport, self._outbox, self._contact)
            self._push_problem = self._outbox.problem()
        except InvariantViolation:
            logging.getLogger(__name__).exception("head office confirmed what this till did not write")
            template = "总部确认的记录与本机不符：记录都保存在本机，销售照常；请联系总部。"
            self._push_problem = Sentence(template=template, gaps={})
        except Fault as fault:
            if fault.code not in _CHAIN_PROBLEMS:
                raise
            self._push_problem = fault.sentence

    async def _pull(self, transport: Transport) -> bool:
        return await self._take(transport, await self._replica.ask(transport, wait=0))

    async def _take(self, transport: Transport, answer: wire.FeedAnswer) -> bool:
        """Puts an answer into the replica; whether there is more to ask for."""
        self._measure_skew(answer.as_of)
        self._tell_online()
        more = await self._replica.take(transport, answer)
        self._contact()
        return more

    def _measure_skew(self, head_office: datetime) -> None:
        skew = self._clock.now() - head_office
        template = "本机时钟比总部慢 {minutes} 分钟：请校准电脑时间。"
        if skew > timedelta(0):
            template = "本机时钟比总部快 {minutes} 分钟：请校准电脑时间。"
        minutes = round(abs(skew).total_seconds() / 60)
        self._skew_problem = Sentence(template=template, gaps={"minutes": minutes}) if abs(skew) > _SKEW else None

    def _contact(self) -> None:
        """Head office has done what it was asked."""
        self._backoff.succeeded()
        self._tell_online()

    def _tell_online(self) -> None:
        problem = self._push_problem or self._skew_problem
        link = Link.REFUSED if self._push_problem else Link.ONLINE
        self._tell(link=link, problem=problem, contact=True)

    def _tell(self, link: Link | None = None, problem: Sentence | None = None, *, contact: bool = False) -> None:
        """Tells what has changed; without a ``link`` the link and its problem are as they were."""
        held = self._status
        now = self._clock.now()
        changed = link is not None and link is not held.link
        status = HeadOfficeStatus(
            link=held.link if link is None else link,
            since=now if changed else held.since,
            unsent=self._outbox.unsent(),
            last_contact=now if contact else held.last_contact,
            feed_no=self._feed.cursor().feed_no,
            problem=held.problem if link is None else problem,
        )
        if status != held:
            self._status = status
            self._on_status(status)
