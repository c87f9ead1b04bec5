"""What is done about a stuck parcel, and when it moves again: ticket and message in one commit."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.parcels.hearer import Hearer, Untold, hearer_of, told_in
from bot.parcels.wording import over_fact, over_news, stuck_fact, stuck_news
from desk.books import Books
from desk.commands import Command, Outcome
from desk.conversations.commands import SayTo, Tell
from desk.front import Work
from desk.kernel.messages import Say, phrase
from desk.parcels.judging import is_over, tomorrow
from desk.parcels.model import FollowedParcel, Silence
from desk.rules.commands import Notice
from desk.rules.happenings import Happening, On
from desk.shops.port import Order
from desk.shops.stuck import Stuck
from desk.sla.service import PromisedTimes
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, Ticket, TicketEvent, TicketKind
from desk.tickets.promises import SKILL_FOR

_KIND = TicketKind.LOGISTICS


class Acting:
    """Acts on parcels in the open books; each parcel given is locked by them."""

    def __init__(self, books: Books, work: Work, times: PromisedTimes, now: datetime) -> None:
        self._books, self._work, self._times, self._now = books, work, times, now

    async def found(self, parcel: FollowedParcel, found: Stuck) -> bool:
        """A silence: tell the customer where that may be, and have an agent see to it."""
        order = await self._order(parcel)
        hearer = await hearer_of(self._books, parcel, order, self._now)
        there = await self._books.tickets.about_order(parcel.shop, parcel.order_no, _KIND)
        if there is not None and there.source is not None and _is_theirs(there, hearer):
            hearer = replace(hearer, conversation=None, untold=Untold.ASKED)
        fact = stuck_fact(parcel, found, hearer)
        do: list[Command] = []
        if hearer.conversation is not None:
            do.append(SayTo(hearer.conversation, stuck_news(parcel, found, order)))
        if there is not None:
            do.append(await self._noted(await self._hurried(there), fact))
        else:
            do.append(_opened(parcel, hearer, fact))
        do.append(Notice(_stuck(parcel, found, hearer, order)))
        await self._settle(do, parcel, "stuck")
        silence = Silence(found.why, found.since, self._now, hearer.conversation)
        await self._books.parcels.put(replace(parcel, silence=silence, check_at=None))
        await self._note_told(parcel, hearer)
        return hearer.conversation is not None

    async def again(self, parcel: FollowedParcel, silence: Silence) -> bool:
        """Something was heard of a parcel that was stuck: note it, and tell whoever was told."""
        if not is_over(parcel):
            await self._books.parcels.put(replace(parcel, check_at=None))
            return False
        do: list[Command] = []
        if not silence.noted:
            there = await self._books.tickets.about_order(parcel.shop, parcel.order_no, _KIND)
            if there is not None:
                do.append(await self._noted(there, over_fact(parcel)))
        hearer = await self._told_before(silence)
        if hearer.conversation is not None:
            news = over_news(parcel, await self._order(parcel))
            do.append(SayTo(hearer.conversation, news))
        await self._settle(do, parcel, "over" if not silence.noted else "over later")
        await self._books.parcels.put(self._after(parcel, silence, hearer))
        await self._note_told(parcel, hearer)
        return bool(do)

    def _after(self, parcel: FollowedParcel, silence: Silence, hearer: Hearer) -> FollowedParcel:
        """The silence is forgotten, unless the customer may hear of its end only tomorrow."""
        if hearer.untold is Untold.TOLD_TODAY:
            waits = replace(silence, noted=True)
            return replace(parcel, silence=waits, check_at=tomorrow(self._now))
        due = None if parcel.delivered_at is not None else self._now
        return replace(parcel, silence=None, check_at=due)

    async def _told_before(self, silence: Silence) -> Hearer:
        if silence.told_in is None or silence.told_customer is None:
            return Hearer(None, untold=Untold.UNKNOWN)
        return await told_in(self._books, silence.told_customer, silence.told_in, self._now)

    async def _noted(self, ticket: Ticket, fact: str) -> Tell:
        """A ticket about the order is there: it gets the line, and its owner hears."""
        await self._books.tickets.log(TicketEvent(ticket.id, self._now, "bot", "parcel", fact))
        said = Say(phrase("ticket.parcel_news", number=ticket.number, note=fact))
        if ticket.owner:
            return Tell(said, (ticket.owner,))
        return Tell(said, skill=SKILL_FOR[_KIND])

    async def _hurried(self, ticket: Ticket) -> Ticket:
        """A stuck parcel is urgent, whatever the ticket was before."""
        if not Priority.URGENT.over(ticket.priority):
            return ticket
        due = await self._times.raised(ticket, Priority.URGENT)
        raised = await self._books.tickets.hurry(ticket, Priority.URGENT, due)
        await self._books.tickets.log(TicketEvent(ticket.id, self._now, "bot", "raised_urgent"))
        return raised

    async def _order(self, parcel: FollowedParcel) -> Order | None:
        booked = await self._books.orders.booked(parcel.shop, parcel.order_no)
        return booked.order if booked is not None else None

    async def _note_told(self, parcel: FollowedParcel, hearer: Hearer) -> None:
        if hearer.conversation is not None and hearer.customer is not None:
            await self._books.parcels.note_told(parcel, hearer.customer.id, self._now)

    async def _settle(self, do: list[Command], parcel: FollowedParcel, what: str) -> None:
        names = (parcel.shop, parcel.order_no, parcel.number, what, self._now.isoformat())
        await self._work.settle(Outcome(do=tuple(do)), None, None, ":".join(("parcel", *names)))


def _stuck(parcel: FollowedParcel, found: Stuck, hearer: Hearer, order: Order | None) -> Happening:
    return Happening(
        On.PARCEL_STUCK,
        customer=hearer.customer.id if hearer.customer else None,
        order=order,
        shop=parcel.shop,
        order_no=parcel.order_no,
        told={
            "parcel.why": found.why.value,
            "parcel.silent_hours": found.silent // timedelta(hours=1),
        },
    )


def _is_theirs(ticket: Ticket, hearer: Hearer) -> bool:
    return hearer.customer is not None and hearer.customer.is_person_of(ticket.customer)


def _opened(parcel: FollowedParcel, hearer: Hearer, fact: str) -> OpenTicket:
    return OpenTicket(
        kind=_KIND,
        priority=Priority.URGENT,
        summary=fact,
        customer=hearer.customer.id if hearer.customer else None,
        conversation=hearer.conversation,
        shop=parcel.shop,
        order_no=parcel.order_no,
    )
