"""Carries out ratings, and gathers what a supervisor needs to know of a low one."""

from dataclasses import dataclass, replace

from desk.books import Books
from desk.commands import Command
from desk.conversations.commands import Tell
from desk.conversations.tray import OutTray
from desk.handover import PAST, unsolved
from desk.handover_card import in_short
from desk.kernel.ids import RatingId
from desk.kernel.messages import Phrase, Say, phrase
from desk.kernel.private import hidden
from desk.kernel.roles import Role
from desk.ratings.commands import AskRating, RateService
from desk.ratings.model import Rating
from desk.reviews.model import PastTurn
from desk.staff.audience import audience
from desk.staff.directory import StaffDirectory
from desk.tickets.cards import called
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, Ticket, TicketKind

_TURNS = 6
_MOST_WORDS = 200


@dataclass(frozen=True, slots=True)
class RatedLow:
    """A customer is not content, or says more about it; `to` are the supervisors.

    `servicer` is the name of who served them, `past` the turns before. `ticket` is an unsolved one
    of theirs that this belongs to; `order_no` is what the conversation was about.
    """

    rating: Rating
    nickname: str
    external_userid: str
    servicer: str
    order_no: str
    past: tuple[PastTurn, ...]
    ticket: Ticket | None
    to: tuple[str, ...]


async def rated(
    command: AskRating | RateService, books: Books, staff: StaffDirectory, tray: OutTray
) -> tuple[RatedLow, ...]:
    """Keep what was asked, or what came back; a low rating has consequences, once."""
    if isinstance(command, AskRating):
        identity = RatingId(tray.derive("rating"))
        where = (command.conversation, command.customer, command.servicer)
        await books.ratings.ask(Rating(identity, *where, tray.now))
        return ()
    before = await books.ratings.get(command.rating)
    if before is None:
        return ()
    score = before.score if command.score is None else command.score
    words = "\n".join(filter(None, (before.words, command.words)))
    now = replace(before, score=score, words=words)
    await books.ratings.rate(now, tray.now)
    if now == before or not now.is_low:
        return ()
    return (await _low(now, books, staff, tray),)


async def _low(rating: Rating, books: Books, staff: StaffDirectory, tray: OutTray) -> RatedLow:
    conversation = await books.conversations.get(rating.conversation)
    customer = await books.customers.get(rating.customer)
    focus = conversation.dialogue.focus if conversation else {}
    servicer = staff.find(rating.servicer)
    open_ones = await unsolved(books, rating.customer)
    return RatedLow(
        rating=rating,
        nickname=customer.nickname if customer else "",
        external_userid=customer.external_userid if customer else "",
        servicer=servicer.name if servicer else rating.servicer,
        order_no=focus.get("order_id", ""),
        past=await books.reviews.past(rating.conversation, tray.now - PAST, _TURNS),
        ticket=open_ones[0] if open_ones else None,
        to=audience(staff, least=Role.SUPERVISOR),
    )


def rated_low(event: RatedLow) -> tuple[Command, ...]:
    """The supervisor hears who is not content with whom; a ticket holds it, a new one or theirs."""
    rating = event.rating
    words = hidden(rating.words)[:_MOST_WORDS]
    told = phrase(
        "rating.told",
        name=called(event.nickname),
        score=_score(rating),
        servicer=event.servicer or phrase("rating.nobody"),
        words=phrase("rating.told_words", words=words) if words else "",
        past=_past(event),
        id=event.external_userid,
    )
    return (Tell(Say(told), event.to), _ticket(event, words))


def _score(rating: Rating) -> Phrase:
    return phrase("rating.score", score=rating.score or 0)


def _past(event: RatedLow) -> Phrase | str:
    past = in_short(event.past)
    return phrase("rating.told_past", past=past) if past else ""


def _ticket(event: RatedLow, words: str) -> OpenTicket:
    about = f"（{event.servicer}接待）" if event.servicer else ""
    said = f"。顾客说：“{words}”" if words else ""
    there = event.ticket
    return OpenTicket(
        kind=there.kind if there else TicketKind.OTHER,
        priority=there.priority if there else Priority.HIGH,
        summary=f"顾客对人工服务{about}打了 {event.rating.score} 分，请回访{said}",
        customer=event.rating.customer,
        conversation=event.rating.conversation,
        shop=there.shop if there else "",
        order_no=there.order_no if there else event.order_no,
        skill="complaint",
    )
