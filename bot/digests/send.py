"""Sends the digests that are due, each once however many processes try."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.digests.base import Digest, period
from bot.digests.compose import LATE_AFTER, compose
from bot.digests.spans import Span
from desk.books import Library
from desk.commands import Outcome
from desk.conversations.commands import Tell
from desk.coupons.model import CouponPolicy
from desk.front import Work
from desk.kernel.clock import Clock
from desk.staff.directory import StaffDirectory


@dataclass(frozen=True, slots=True)
class DigestDesk:
    """Sends digests; `run` is what the ticker calls, as often as it likes."""

    digests: Sequence[Digest]
    library: Library
    staff: StaffDirectory
    policies: tuple[CouponPolicy, ...]
    clock: Clock

    async def run(self) -> int:
        """Put every digest that is due and not yet claimed into the outbox; count them."""
        now = self.clock.now()
        spans = [(digest, digest.due(now)) for digest in self.digests]
        sent = [await self._send(digest, span) for digest, span in spans if span is not None]
        return sum(sent)

    async def _send(self, digest: Digest, span: Span) -> bool:
        """Claim, count and tell in one transaction: a crash in between sends nothing twice."""
        async with self.library.open() as books:
            if not await books.digests.claim(digest.name, period(span), self.clock.now()):
                return False
            figures = await books.insights.figures(span.since, span.until, LATE_AFTER)
            says = compose(figures, span, self._name_of)
            tells = tuple(Tell(say, least=digest.least) for say in says)
            work = Work(books, self.staff, self.policies, self.clock)
            seed = f"digest:{digest.name}:{period(span)}"
            await work.settle(Outcome(do=tells), None, None, seed)
        return True

    def _name_of(self, userid: str) -> str:
        member = self.staff.find(userid)
        return member.name if member else userid
