"""Pulls customers' messages: a doorbell rings, pages come in, each is stored with its cursor."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.wecom.client import WeComClient
from bot.wecom.codes import Kind
from bot.wecom.counters import PULLED
from bot.wecom.errors import AnswerLost, Denied, NotNow, Rejected
from bot.wecom.kf.mailboxes import MailboxLibrary
from bot.wecom.kf.messages import read_message
from desk.conversations.incoming import Incoming, Unsupported
from desk.conversations.pulling import Pull
from desk.kernel.clock import Clock

log = structlog.get_logger()

_COLD = "cold:"
"""Marks a cursor of the first drain, so that a crash in the middle does not make it warm."""


@dataclass(frozen=True, slots=True)
class PullTimes:
    """How the puller paces itself."""

    lease: timedelta = timedelta(seconds=30)
    hand_back: timedelta = timedelta(seconds=12)
    """A long drain gives its lease back after this time and goes on under a new one."""
    safety_poll: timedelta = timedelta(seconds=60)
    cold_start_grace: timedelta = timedelta(minutes=10)
    call: timedelta = timedelta(seconds=15)
    failed: timedelta = timedelta(seconds=2)
    most_failed: timedelta = timedelta(seconds=60)
    denied: timedelta = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class _Page:
    messages: tuple[Incoming, ...]
    next_cursor: str
    has_more: bool


class Puller:
    """Fetches from kf/sync_msg (WeCom doc 94670).

    `lease` and `pull` are the two halves of a worker loop: one pull at a time per account, in
    whatever process; a slow account holds up nobody else.
    """

    def __init__(
        self,
        client: WeComClient,
        library: MailboxLibrary,
        clock: Clock,
        agent: str,
        news: Callable[[], None],
        times: PullTimes | None = None,
    ) -> None:
        self._client, self._library, self._clock = client, library, clock
        self._agent, self._news = agent, news
        self._times = times or PullTimes()
        self._failures: dict[str, int] = {}

    async def lease(self, room: int) -> Sequence[Pull]:
        """Lease at most `room` mailboxes that rang or were not looked at for a while."""
        leased: list[Pull] = []
        while len(leased) < room:
            now = self._clock.now()
            until, poll_before = now + self._times.lease, now - self._times.safety_poll
            async with self._library.step() as books:
                pull = await books.pulls.lease(now, until, secrets.token_hex(8), poll_before)
            if pull is None:
                break
            leased.append(pull)
        return leased

    async def pull(self, pull: Pull) -> bool:
        """Drain one mailbox; whatever happens, it is looked at again in time.

        True: it may have rung meanwhile.
        """
        settled = False
        try:
            await self._drain(pull)
            self._failures.pop(pull.account, None)
            settled = True
        except (NotNow, AnswerLost, TimeoutError, Denied, Rejected) as error:
            await self._put_off(pull, error)
            settled = True
        finally:
            if not settled:
                await self._let_go(pull)
        return True

    async def _drain(self, pull: Pull) -> None:
        started = self._clock.now()
        cursor, knock = pull.cursor, pull.knock
        while True:
            page, knock = await self._fetch(pull.account, cursor, knock)
            if not await self._keep(pull, page):
                log.warning("wecom.pull_lost_lease", account=pull.account)
                return
            if not page.has_more:
                break
            if self._clock.now() - started > self._times.hand_back:
                await self._give_back(pull, timedelta())
                return
            if page.next_cursor == cursor:
                # has_more with nothing new: WeCom is still at it (doc 94670).
                await asyncio.sleep(0.1)
            cursor = page.next_cursor
        async with self._library.step() as books:
            await books.pulls.finished(pull, self._clock.now())

    async def _fetch(self, account: str, cursor: str | None, knock: str) -> tuple[_Page, str]:
        """Ask for a page; what WeCom takes neither of, the knock and the cursor, is left out."""
        while True:
            try:
                return await self._ask(account, cursor, knock), knock
            except Rejected as error:
                if knock and error.kind is Kind.KNOCK:
                    knock = ""
                elif cursor and "cursor" in error.verdict.errmsg:
                    log.warning("wecom.pull_cursor_refused", account=account)
                    cursor = None
                else:
                    raise

    async def _ask(self, account: str, cursor: str | None, knock: str) -> _Page:
        cold = cursor is None or cursor.startswith(_COLD)
        asked: dict[str, object] = {"open_kfid": account, "limit": 1000}
        if plain := (cursor or "").removeprefix(_COLD):
            asked["cursor"] = plain
        if knock:
            asked["token"] = knock
        async with asyncio.timeout(self._times.call.total_seconds()):
            answer = await self._client.call("kf/sync_msg", body=asked, repeatable=True)
        now = self._clock.now()
        rows = answer.data.get("msg_list")
        messages = [
            read_message(row, account, self._agent, now)
            for row in (rows if isinstance(rows, list) else ())
        ]
        has_more = answer.whole("has_more") == 1
        next_cursor = answer.text("next_cursor") or plain
        return _Page(
            messages=tuple(self._dated(each, now, cold=cold) for each in messages),
            next_cursor=f"{_COLD}{next_cursor}" if cold and has_more else next_cursor,
            has_more=has_more,
        )

    def _dated(self, message: Incoming, now: datetime, *, cold: bool) -> Incoming:
        if cold and message.sent_at < now - self._times.cold_start_grace:
            return replace(message, historic=True)
        return message

    async def _keep(self, pull: Pull, page: _Page) -> bool:
        for message in page.messages:
            PULLED.labels(type(message.content).__name__.lower()).inc()
            if isinstance(message.content, Unsupported):
                log.warning("wecom.pull_unsupported", type=message.content.type)
        async with self._library.open() as books:
            kept = await books.pulls.keep(pull, page.messages, page.next_cursor, self._clock.now())
        if kept and page.messages:
            self._news()
        return kept

    async def _put_off(
        self, pull: Pull, error: NotNow | AnswerLost | TimeoutError | Denied | Rejected
    ) -> None:
        after = self._pause(pull.account, error)
        code = getattr(error, "code", "wecom.timeout")
        log.warning(
            "wecom.pull_failed", account=pull.account, code=code, again_in=after.total_seconds()
        )
        await self._give_back(pull, after)

    def _pause(self, account: str, error: Exception) -> timedelta:
        if isinstance(error, Denied | Rejected):
            return self._times.denied
        failures = self._failures.get(account, 0)
        self._failures[account] = failures + 1
        growing = self._times.failed * float(2 ** min(failures, 10))
        pause = min(growing, self._times.most_failed)
        return max(pause, error.after) if isinstance(error, NotNow) else pause

    async def _let_go(self, pull: Pull) -> None:
        """Give the lease back when we are stopped, or the store failed us."""
        with suppress(TimeoutError):
            async with asyncio.timeout(1):
                await self._give_back(pull, self._times.failed)

    async def _give_back(self, pull: Pull, after: timedelta) -> None:
        async with self._library.step() as books:
            await books.pulls.failed(pull, self._clock.now() + after)
