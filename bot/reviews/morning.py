"""What happens once when the service opens: promised customers are handed over, reviews told."""

from datetime import timedelta

from bot.reviews.card import words
from bot.reviews.listing import listing
from bot.turn.holding import WITH_A_PERSON
from desk.books import Books, Library
from desk.commands import Command, Outcome
from desk.conversations.commands import HandOver, SayTo, Tell
from desk.front import Work
from desk.handbook import Handbook
from desk.handover import wanted
from desk.kernel.clock import SHANGHAI, Clock
from desk.kernel.messages import Say, phrase
from desk.kernel.roles import Role
from desk.reviews.model import Review

CLAIMED_AS = "morning"
_STILL_REACHED = timedelta(hours=47)
"""A customer who wrote longer ago can hardly be told anything (48 hours, WeCom doc 94677)."""
_AT_ONCE = 1000
_MOST_WORDS = 80


class MorningDesk:
    """Opens the day; `run` is what the ticker calls, as often as it likes."""

    def __init__(
        self,
        library: Library,
        handbook: Handbook,
        clock: Clock,
    ) -> None:
        self._library, self._staff = library, handbook.staff
        self._handbook, self._clock = handbook, clock
        self._last = ""

    async def run(self) -> bool:
        """Do what is due at the last opening, where nobody has; True if something goes out.

        All in one transaction with the claim: a crash in between does nothing, or nothing twice.
        """
        now, hours = self._clock.now(), self._staff.hours
        if not hours.open_at(now) or not self._staff.with_role(Role.AGENT):
            return False
        day = hours.opened_last(now).astimezone(SHANGHAI).date().isoformat()
        if day <= self._last:
            return False
        async with self._library.open() as books:
            do: tuple[Command, ...] = ()
            if await books.digests.claim(CLAIMED_AS, day, now):
                do = (*await self._hand_over(books), *await _tell(books))
                work = Work(books, self._handbook, self._clock)
                await work.settle(Outcome(do=do), None, None, f"{CLAIMED_AS}:{day}")
        self._last = day
        return bool(do)

    async def _hand_over(self, books: Books) -> tuple[Command, ...]:
        """Those who were promised a person, each once, unless one has spoken to them since."""
        promised = await books.reviews.promised(_AT_ONCE)
        await books.reviews.handed_over([each.id for each in promised], self._clock.now())
        first = {each.conversation: each for each in reversed(promised)}
        found = [await self._one(books, each) for each in first.values()]
        return tuple(command for each in found for command in each)

    async def _one(self, books: Books, review: Review) -> tuple[Command, ...]:
        conversation = await books.conversations.get(review.conversation)
        if conversation is None or conversation.session in WITH_A_PERSON:
            return ()
        if await books.ratings.last_asked(review.conversation, review.kept_at):
            return ()  # A person served them in the night, up to the end.
        text = words(await books.reviews.exchange(review), _MOST_WORDS)
        passed = HandOver(
            conversation=review.conversation,
            customer=review.customer,
            reason="客服下班时要找人工",
            summary=wanted(text),
        )
        heard = conversation.last_heard_at
        if heard is None or self._clock.now() - heard > _STILL_REACHED:
            return (passed,)
        return (SayTo(review.conversation, Say(phrase("handover.morning"))), passed)


async def _tell(books: Books) -> tuple[Command, ...]:
    found = await listing(books.reviews)
    if found is None:
        return ()
    counts, lines = found
    return (Tell(Say(phrase("review.morning", counts=counts, reviews=lines))),)
