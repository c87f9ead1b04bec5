"""Who hears what when something happens to a ticket."""

from desk.conversations.commands import CloseCard, SayTo, Tell
from desk.kernel.messages import Phrase, Say, phrase
from desk.tickets.cards import (
    kind_phrase,
    owner_card,
    owner_task,
    priority_phrase,
    ticket_card,
    ticket_task,
)
from desk.tickets.events import (
    FinishRefused,
    NoSuchTicket,
    TakeRefused,
    TicketFinished,
    TicketJoined,
    TicketNoted,
    TicketOpened,
    TicketRaised,
    TicketTaken,
)
from desk.tickets.model import Ticket, TicketKind, TicketState
from desk.tickets.news import news

Told = tuple[SayTo | Tell | CloseCard, ...]


def opened(event: TicketOpened) -> Told:
    """The customer hears number and next step; those who may take it get the card."""
    ticket = event.ticket
    said = phrase(
        "ticket.opened",
        number=ticket.number,
        kind=kind_phrase(ticket),
        next=Phrase(f"ticket.next.{ticket.priority}", {"due": ticket.due_at}),
    )
    return (*_announced(ticket, said), Tell(ticket_card(ticket, event.nickname), event.to))


def joined(event: TicketJoined) -> Told:
    """The customer hears the number they have already; its owner hears what they added."""
    ticket = event.ticket
    said = phrase("ticket.joined", number=ticket.number, kind=kind_phrase(ticket))
    note = news(event.note, ticket.summary)
    added = phrase("ticket.owner_joined", number=ticket.number, note=note)
    again = phrase("ticket.owner_asked_again", number=ticket.number)
    return (*_announced(ticket, said), *_to_owner(ticket, added if note else again))


def raised(event: TicketRaised) -> Told:
    """The customer hears how soon now; its owner hears, or, without one, those who may take it."""
    ticket = event.ticket
    said = phrase(
        "ticket.joined_raised",
        number=ticket.number,
        kind=kind_phrase(ticket),
        next=Phrase(f"ticket.next.{ticket.priority}", {"due": ticket.due_at}),
    )
    told = Phrase(
        "ticket.owner_raised" if ticket.owner else "ticket.waiting_raised",
        {
            "number": ticket.number,
            "priority": priority_phrase(ticket),
            "due": ticket.due_at,
            "note": news(event.note, ticket.summary) or event.note,
        },
    )
    staff = _to_owner(ticket, told) if ticket.owner else (Tell(Say(told), event.to),)
    return (*_announced(ticket, said), *staff)


def taken(event: TicketTaken) -> Told:
    """The customer hears who takes care; everybody's card tells; the owner gets their own."""
    ticket = event.ticket
    said = phrase("ticket.taken", number=ticket.number, name=event.name)
    return (
        *_to_customer(ticket, said),
        CloseCard(ticket_task(ticket), phrase("ticket.card.taken_by", name=event.name)),
        Tell(owner_card(ticket, event.nickname, event.added), (event.by,)),
    )


def take_refused(event: TakeRefused) -> Told:
    """The one who came second hears who was first."""
    ticket = event.ticket
    match ticket.state:
        case TicketState.SOLVED:
            said = phrase("ticket.take.solved", number=ticket.number, name=event.owner_name)
        case _ if ticket.owner == event.by:
            said = phrase("ticket.take.yours", number=ticket.number)
        case _:
            said = phrase("ticket.take.first", number=ticket.number, name=event.owner_name)
    return (_tell(event.by, said),)


def finished(event: TicketFinished) -> Told:
    """The customer hears that it is solved and how to say that it is not; the card closes."""
    ticket = event.ticket
    said = phrase("ticket.solved", number=ticket.number, kind=kind_phrase(ticket))
    was_open = event.before.state is TicketState.OPEN
    task = ticket_task(ticket) if was_open else owner_task(ticket)
    told = phrase("ticket.done", number=ticket.number, customer=_hears(ticket))
    others = _to_owner(ticket, _done_by(event)) if ticket.owner != event.by else ()
    return (
        *_to_customer(ticket, said),
        CloseCard(task, phrase("ticket.card.done_by", name=event.name)),
        *others,
        _tell(event.by, told),
    )


def finish_refused(event: FinishRefused) -> Told:
    """The one who may not finish it hears who has it, or that it is solved."""
    ticket = event.ticket
    solved = ticket.state is TicketState.SOLVED
    said = (
        phrase("ticket.done.already", number=ticket.number, name=event.owner_name)
        if solved
        else phrase("ticket.done.not_yours", number=ticket.number, name=event.owner_name)
    )
    return (_tell(event.by, said),)


def noted(event: TicketNoted) -> Told:
    """The one who wrote hears that it is kept; the owner hears what was written."""
    ticket = event.ticket
    kept = _tell(event.by, phrase("ticket.noted", number=ticket.number))
    if ticket.owner == event.by:
        return (kept,)
    added = phrase("ticket.owner_noted", number=ticket.number, name=event.name, note=event.note)
    return (kept, *_to_owner(ticket, added))


def no_such(event: NoSuchTicket) -> Told:
    """The one who asked hears that the number is wrong."""
    return (_tell(event.by, phrase("ticket.unknown", number=event.number)),)


def _done_by(event: TicketFinished) -> Phrase:
    return phrase("ticket.owner_done", number=event.ticket.number, name=event.name)


def _hears(ticket: Ticket) -> Phrase:
    return (
        phrase("ticket.done.customer_told") if ticket.conversation else phrase("ticket.done.quiet")
    )


def _announced(ticket: Ticket, said: Phrase) -> Told:
    """What a customer hears of a ticket's making; in danger no number stands before the help."""
    return () if ticket.kind is TicketKind.EMERGENCY else _to_customer(ticket, said)


def _to_customer(ticket: Ticket, said: Phrase) -> tuple[SayTo, ...]:
    return (SayTo(ticket.conversation, Say(said)),) if ticket.conversation else ()


def _to_owner(ticket: Ticket, said: Phrase) -> tuple[Tell, ...]:
    return (_tell(ticket.owner, said),) if ticket.owner else ()


def _tell(userid: str, said: Phrase) -> Tell:
    return Tell(Say(said), (userid,))
