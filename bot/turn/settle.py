"""Settle: how a delivery ended is written down, with what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.turn.ports import EVERYBODY, Delivery, Doubtful, Later, Never, NoRoute, Sent
from desk.books import Books, Library
from desk.commands import Command, Outcome
from desk.conversations.commands import Greet, NoteSession, Tell
from desk.conversations.incoming import ChannelName
from desk.conversations.model import Session
from desk.conversations.outgoing import (
    Body,
    Claimed,
    IssueCoupon,
    PassToPerson,
    SayInConversation,
    TellStaff,
)
from desk.coupons.commands import SettleGrant
from desk.front import Work
from desk.handbook import Handbook
from desk.kernel.clock import Clock
from desk.kernel.ids import ConversationId
from desk.kernel.messages import Card, Phrase, Say, phrase
from desk.shops.powers import CouponIssue, IssuedCoupon

log = structlog.get_logger()

MOST_ATTEMPTS = 8
"""So often, at the least, a delivery is tried of which nobody knows whether it got through."""
MOST_DELAYS = 30
"""So often one that surely did not: for about two hours, while the platform is out of reach."""
_LONGEST_WAIT = timedelta(minutes=5)


class GivenUp(Never):
    """It was tried too often."""


@dataclass(frozen=True, slots=True)
class Settler:
    """Writes down how deliveries ended."""

    library: Library
    handbook: Handbook
    clock: Clock

    async def settle(
        self, claimed: Claimed, delivery: Delivery, coupon: IssuedCoupon | None
    ) -> bool:
        """Write down one end; what follows from it goes out in the same transaction.

        True if there is more to deliver because of it.
        """
        now = self.clock.now()
        delivery = _final(claimed, delivery)
        if coupon is None and _nothing_follows(claimed.entry.body, delivery):
            async with self.library.step() as books:
                return await self._end(books, claimed, delivery, now)
        async with self.library.open() as books:
            more = await self._end(books, claimed, delivery, now)
            follows = await self._follows(books, claimed, delivery, coupon)
            if follows:
                work = Work(books, self.handbook, self.clock)
                seed = f"{claimed.entry.id}:{type(delivery).__name__}"
                await work.settle(Outcome(do=tuple(follows)), None, claimed.entry.cause, seed)
        return more or bool(follows)

    async def _end(self, books: Books, claimed: Claimed, delivery: Delivery, now: datetime) -> bool:
        entry = claimed.entry.id
        match delivery:
            case Sent(receipt):
                await self._keep_code(books, claimed.entry.body, delivery, now)
                return await books.outbox.sent(entry, receipt, now)
            case NoRoute(reason):
                log.info("delivery.no_route", reason=reason, body=_name(claimed))
                return await books.outbox.unroutable(entry, reason, now)
            case Never(reason):
                end = "delivery.given_up" if isinstance(delivery, GivenUp) else "delivery.refused"
                log.error(end, reason=reason, body=_name(claimed))
                return await books.outbox.dead(entry, reason, now)
            case Later(reason, after, free):
                at = now + after if free else max(now + after, backoff(now, claimed.attempts))
                await books.outbox.again(entry, reason, at, doubtful=claimed.doubtful, free=free)
            case Doubtful(reason):
                at = backoff(now, claimed.attempts)
                await books.outbox.again(entry, reason, at, doubtful=True, free=False)
        return False

    async def _keep_code(self, books: Books, body: Body, sent: Sent, now: datetime) -> None:
        code = sent.receipt.get("response_code")
        if code and isinstance(body, TellStaff) and isinstance(body.reply, Card):
            await books.cards.sent(body.reply.task, body.to or (EVERYBODY,), code, now)

    async def _follows(
        self, books: Books, claimed: Claimed, delivery: Delivery, coupon: IssuedCoupon | None
    ) -> list[Command]:
        body = claimed.entry.body
        match body, delivery:
            case IssueCoupon(grant=grant), _ if coupon is not None:
                return [SettleGrant(grant, coupon)]
            case IssueCoupon(grant=grant), Never(reason):
                refused = IssuedCoupon(CouponIssue.REFUSED, reason=reason)
                return [SettleGrant(grant, refused)]
            case PassToPerson(conversation=conversation), Sent(receipt):
                return _passed(conversation, receipt)
            case SayInConversation() as said, NoRoute() as no_route:
                return await self._undelivered(books, said, no_route)
            case SayInConversation() as said, GivenUp():
                return await self._undelivered(books, said, NoRoute("given_up"))
            case SayInConversation() as said, Never(reason):
                return await self._undelivered(books, said, NoRoute(reason))
        return []

    async def _undelivered(
        self, books: Books, said: SayInConversation, no_route: NoRoute
    ) -> list[Command]:
        """A customer who cannot be told is a person's business: tell the staff what was meant."""
        conversation = await books.conversations.get(said.conversation)
        if conversation is None or conversation.channel is ChannelName.APP:
            return []
        follows: list[Command] = []
        if no_route.session is not None:
            follows.append(NoteSession(conversation.id, no_route.session, no_route.servicer))
        customer = conversation.customer and await books.customers.get(conversation.customer)
        told = phrase(
            "undelivered.to_customer",
            nickname=customer.nickname if customer else "",
            reason=phrase(f"undelivered.reason.{_reason(no_route.reason)}"),
            text=said.say.phrase,
        )
        whose = no_route.servicer or await _owner(books, said.say.phrase)
        to = (whose,) if whose else ()
        return [*follows, Tell(Say(told), to=to)]


async def _owner(books: Books, said: Phrase) -> str:
    """Who has the ticket that was spoken of: nobody else can make good what was not told."""
    number = said.params.get("number")
    if not isinstance(number, str):
        return ""
    ticket = await books.tickets.by_number(number)
    return ticket.owner if ticket else ""


def _passed(conversation: ConversationId, receipt: Mapping[str, str]) -> list[Command]:
    """Who holds the session now; in the queue the customer hears that it is one."""
    state = Session(int(receipt.get("session", Session.QUEUE)))
    noted = NoteSession(conversation, state, receipt.get("servicer", ""))
    code = receipt.get("code", "")
    if state is not Session.QUEUE or not code:
        return [noted]
    return [noted, Greet(conversation, code, Say(phrase("handover.queued")))]


def _final(claimed: Claimed, delivery: Delivery) -> Delivery:
    """Give up what has been tried often enough; whatever costs no attempt is never given up."""
    match delivery:
        case Later(reason, free=False) if claimed.attempts >= MOST_DELAYS:
            return GivenUp(reason)
        case Doubtful(reason):
            most = MOST_ATTEMPTS if claimed.doubtful else MOST_DELAYS
            return GivenUp(reason) if claimed.attempts >= most else delivery
    return delivery


def _nothing_follows(body: Body, delivery: Delivery) -> bool:
    """Tell whether one statement writes this end down: the plain case of a message that is out."""
    if isinstance(body, PassToPerson | IssueCoupon):
        return False
    return isinstance(delivery, Sent) and "response_code" not in delivery.receipt


_REASONS = {
    "budget": "send_budget",
    "window": "window_closed",
    "session": "held_by_person",
    "code": "expired",
    "given_up": "given_up",
}


def _reason(reason: str) -> str:
    return _REASONS.get(reason, "refused")


def backoff(now: datetime, attempts: int) -> datetime:
    """When to try again: 1, 2, 4 … seconds, five minutes at the most."""
    return now + min(timedelta(seconds=2 ** min(attempts - 1, 9)), _LONGEST_WAIT)


def _name(claimed: Claimed) -> str:
    return type(claimed.entry.body).__name__
