"""Sends the digests that are due, each once however many processes try."""

from collections.abc import Sequence
from datetime import timedelta

from bot.digests.base import Digest, period
from bot.digests.compose import LATE_AFTER, compose, nothing_happened
from bot.digests.missing import SHOWN
from bot.digests.shops import ShopWatch, no_shops
from bot.digests.spans import Span
from desk.books import Library
from desk.commands import Outcome
from desk.conversations.commands import Tell
from desk.front import Work
from desk.handbook import Handbook
from desk.kernel.clock import Clock

ON_TIME = timedelta(hours=1)
"""Within this time after its hour a digest counts as punctual."""


class DigestDesk:
    """Sends digests; `run` is what the ticker calls, as often as it likes.

    A digest that comes late (the house stood still, or is new) and has nothing to tell is left
    out; on time, "nobody wrote" is news.
    """

    def __init__(
        self,
        digests: Sequence[Digest],
        library: Library,
        handbook: Handbook,
        clock: Clock,
        watch: ShopWatch = no_shops,
    ) -> None:
        self._watch = watch
        self._digests, self._library, self._staff = digests, library, handbook.staff
        self._handbook, self._clock = handbook, clock
        self._last: dict[str, str] = {}

    async def run(self) -> int:
        """Put every digest that is due and not yet claimed into the outbox; count them."""
        sent = 0
        for digest in self._digests:
            span = digest.due(self._clock.now(), self._last.get(digest.name, ""))
            # Who gets it may not be known yet, shortly after the start: then it stays due.
            if span is not None and self._staff.with_role(digest.least):
                sent += await self._send(digest, span)
                self._last[digest.name] = period(span)
        return sent

    async def _send(self, digest: Digest, span: Span) -> bool:
        """Claim, count and tell in one transaction: a crash in between sends nothing twice."""
        shops = await self._watch(self._clock.now(), span)
        async with self._library.open() as books:
            if not await books.digests.claim(digest.name, period(span), self._clock.now()):
                return False
            figures = await books.insights.figures(span.since, span.until, LATE_AFTER)
            if nothing_happened(figures) and self._clock.now() - digest.planned(span) > ON_TIME:
                return False
            awaited = await books.wishes.most_wanted(SHOWN)
            says = compose(figures, span, self._name_of, shops, awaited)
            tells = tuple(Tell(say, least=digest.least) for say in says)
            work = Work(books, self._handbook, self._clock)
            seed = f"digest:{digest.name}:{period(span)}"
            await work.settle(Outcome(do=tells), None, None, seed)
        return True

    def _name_of(self, userid: str) -> str:
        member = self._staff.find(userid)
        return member.name if member else userid
