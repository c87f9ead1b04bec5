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
from desk.ratings.commands import AskOfTicket, AskRating, RateService, RateTicket
from desk.ratings.model import Rating
from desk.reviews.model import PastTurn
from desk.rules.commands import Noticed
from desk.rules.happenings import Happening, On
from desk.staff.audience import audience
from desk.staff.directory import StaffDirectory
from desk.ticket_rated import TicketRatingAsked, ask_of_ticket, rate_ticket
from desk.tickets.cards import called, kind_phrase
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, Ticket, TicketKind

_TURNS = 6
_MOST_WORDS = 200


@dataclass(frozen=True, slots=True)
class RatedLow:
    """A customer is not content, or says more about it; `to` are the supervisors.

    `servicer` is the name of who served them, `past` the turns before. `rated` is the ticket that
    they were asked about, None where it was a session. `ticket` is an unsolved one of theirs that
    this belongs to; `order_no` is what the conversation was about.
    """

    rating: Rating
    nickname: str
    external_userid: str
    servicer: str
    order_no: str
    past: tuple[PastTurn, ...]
    ticket: Ticket | None
    to: tuple[str, ...]
    rated: Ticket | None = None


RatingCommand = AskOfTicket | AskRating | RateService | RateTicket


async def rated(
    command: RatingCommand, books: Books, staff: StaffDirectory, tray: OutTray
) -> tuple[Noticed | RatedLow | TicketRatingAsked, ...]:
    """Keep what was asked, or what came back; a low rating has consequences, once."""
    match command:
        case AskRating():
            identity = RatingId(tray.derive("rating"))
            where = (command.conversation, command.customer, command.servicer)
            await books.ratings.ask(Rating(identity, *where, tray.now))
            return ()
        case AskOfTicket():
            return await ask_of_ticket(command, books, tray)
        case RateTicket():
            given = await rate_ticket(command, books, tray)
        case _:
            given = await _rate_service(command, books, tray)
    if given is None:
        return ()
    about = await books.tickets.get(given.ticket) if given.ticket else None
    told = Noticed(_happening(given, about))
    return (await _low(given, books, staff, tray), told) if given.is_low else (told,)


def _happening(rating: Rating, about: Ticket | None) -> Happening:
    return Happening(
        On.RATED,
        customer=rating.customer,
        conversation=rating.conversation,
        ticket=about,
        told={"rating.score": rating.score or 0},
    )


async def _rate_service(command: RateService, books: Books, tray: OutTray) -> Rating | None:
    """Keep an answer; None where it says nothing new."""
    before = await books.ratings.get(command.rating)
    if before is None:
        return None
    score = before.score if command.score is None else command.score
    words = "\n".join(filter(None, (before.words, command.words)))
    now = replace(before, score=score, words=words)
    await books.ratings.rate(now, tray.now)
    return None if now == before else now


async def _low(rating: Rating, books: Books, staff: StaffDirectory, tray: OutTray) -> RatedLow:
    conversation = await books.conversations.get(rating.conversation)
    customer = await books.customers.get(rating.customer)
    focus = conversation.dialogue.focus if conversation else {}
    servicer = staff.find(rating.servicer)
    about = await books.tickets.get(rating.ticket) if rating.ticket else None
    theirs = await unsolved(books, rating.customer)
    open_ones = tuple(each for each in theirs if not each.is_hidden)
    if about is not None:
        open_ones = () if about.state.ended else (about,)
    return RatedLow(
        rating=rating,
        nickname=customer.nickname if customer else "",
        external_userid=customer.external_userid if customer else "",
        servicer=servicer.name if servicer else rating.servicer,
        order_no=about.order_no if about else focus.get("order_id", ""),
        past=await books.reviews.past(rating.conversation, tray.now - PAST, _TURNS),
        ticket=open_ones[0] if open_ones else None,
        to=audience(staff, least=Role.SUPERVISOR),
        rated=about,
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
        about=_about(event.rated),
        words=phrase("rating.told_words", words=words) if words else "",
        past=_past(event),
        id=event.external_userid,
    )
    return (Tell(Say(told), event.to), _ticket(event, words))


def _about(ticket: Ticket | None) -> Phrase:
    if ticket is None:
        return phrase("rating.of_service")
    return phrase("rating.of_ticket", number=ticket.number, kind=kind_phrase(ticket))


def _score(rating: Rating) -> Phrase:
    return phrase("rating.score", score=rating.score or 0)


def _past(event: RatedLow) -> Phrase | str:
    past = in_short(event.past)
    return phrase("rating.told_past", past=past) if past else ""


def _ticket(event: RatedLow, words: str) -> OpenTicket:
    said = f"。顾客说：“{words}”" if words else ""
    there = event.ticket
    shop = event.rated.shop if event.rated else ""
    return OpenTicket(
        kind=there.kind if there else TicketKind.OTHER,
        priority=there.priority if there else Priority.HIGH,
        summary=f"顾客对{_summed_up(event)}打了 {event.rating.score} 分，请回访{said}",
        customer=event.rating.customer,
        conversation=event.rating.conversation,
        shop=there.shop if there else shop,
        order_no=there.order_no if there else event.order_no,
        skill="complaint",
    )


def _summed_up(event: RatedLow) -> str:
    if event.rated is not None:
        who = f"（{event.servicer}处理）" if event.servicer else ""
        return f"工单 {event.rated.number} 的处理{who}"
    who = f"（{event.servicer}接待）" if event.servicer else ""
    return f"人工服务{who}"
