"""Who hears what when something happens to a ticket."""

from collections.abc import Mapping

from desk.conversations.commands import CloseCard, SayTo, Tell
from desk.kernel.messages import Card, Param, Phrase, Say, phrase
from desk.kernel.roles import Role
from desk.tickets.actors import CUSTOMER
from desk.tickets.cards import (
    called,
    kind_phrase,
    owner_card,
    owner_task,
    priority_phrase,
)
from desk.tickets.events import (
    FinishRefused,
    LinkRevoked,
    MoveRefused,
    NoSuchTicket,
    TakeRefused,
    TicketAcknowledged,
    TicketFinished,
    TicketGoesOn,
    TicketJoined,
    TicketNoted,
    TicketOpened,
    TicketRaised,
    TicketReopened,
    TicketTaken,
    TicketWaits,
)
from desk.tickets.hearers import to_watchers
from desk.tickets.links import page_of
from desk.tickets.model import Ticket, TicketKind, TicketState
from desk.tickets.news import news

Known = Mapping[str, Param]
Told = tuple[SayTo | Tell | CloseCard, ...]


def opened(event: TicketOpened) -> Told:
    """The customer hears number and next step, and where to follow it."""
    ticket = event.ticket
    watched = phrase("ticket.watch.opened", number=ticket.number, kind=kind_phrase(ticket))
    said = phrase(
        "ticket.opened",
        number=ticket.number,
        kind=kind_phrase(ticket),
        next=Phrase(f"ticket.next.{ticket.priority}", {"due": ticket.due_at}),
        page=page_of(ticket),
    )
    return (*_announced(ticket, said), *to_watchers(event.watchers, watched))


def joined(event: TicketJoined) -> Told:
    """The customer hears the number they have already; its owner hears what they added."""
    ticket = event.ticket
    said = phrase("ticket.joined", number=ticket.number, kind=kind_phrase(ticket))
    if event.late:
        said = _late(ticket)
    note = news(event.note, ticket.summary)
    added = phrase("ticket.owner_joined", number=ticket.number, note=note)
    again = phrase("ticket.owner_asked_again", number=ticket.number)
    if event.by != CUSTOMER:  # The customer said nothing.
        return _to_owner(ticket, phrase("ticket.owner_added", number=ticket.number, note=note))
    told = _to_owner(ticket, added if note else again)
    return (*_announced(ticket, said), *(told or (_nudge(ticket),) if event.late else told))


def _nudge(ticket: Ticket) -> Tell:
    """Those above hear that the customer came again where nobody has what is late."""
    said = phrase("progress.nudge", number=ticket.number, kind=kind_phrase(ticket))
    return Tell(Say(said), least=Role.SUPERVISOR)


def _late(ticket: Ticket) -> Phrase:
    """What joins a ticket whose time is over promises no time that has passed."""
    return phrase("ticket.joined_late", number=ticket.number, kind=kind_phrase(ticket))


def raised(event: TicketRaised) -> Told:
    """The customer hears how soon now; its owner hears, or, without one, those above.

    Who is asked to take it hears by the assignment.
    """
    ticket = event.ticket
    said = phrase(
        "ticket.joined_raised",
        number=ticket.number,
        kind=kind_phrase(ticket),
        next=Phrase(f"ticket.next.{ticket.priority}", {"due": ticket.due_at}),
    )
    if event.late:
        said = _late(ticket)
    key = "ticket.owner_raised" if ticket.owner else "ticket.waiting_raised"
    told = Phrase(
        f"{key}_late" if event.late else key,
        {
            "number": ticket.number,
            "priority": priority_phrase(ticket),
            "due": ticket.due_at,
            "note": news(event.note, ticket.summary) or event.note,
        },
    )
    above = (Tell(Say(told), event.to),) if event.to else ()
    staff = _to_owner(ticket, told) if ticket.owner else above
    return (*_announced(ticket, said), *staff) if event.by == CUSTOMER else staff


def taken(event: TicketTaken) -> Told:
    """The customer hears who takes care; the owner gets a card of their own."""
    ticket = event.ticket
    said = phrase("ticket.taken", number=ticket.number, name=event.name)
    took = phrase("ticket.card.taken_by", name=event.name)
    return (
        *_to_customer(ticket, said),
        *(CloseCard(each, took) for each in event.cards),
        Tell(_owners(event), (event.by,)),
    )


def take_refused(event: TakeRefused) -> Told:
    """The one who came second hears who was first."""
    ticket = event.ticket
    match ticket.state:
        case _ if event.has_left:
            said = phrase("ticket.take.left", number=ticket.number)
        case _ if gone := _gone(ticket):
            said = gone
        case _ if ticket.state.ended:
            said = phrase("ticket.take.solved", number=ticket.number, name=event.owner_name)
        case _ if ticket.owner == event.by:
            said = phrase("ticket.take.yours", number=ticket.number)
        case _:
            said = phrase("ticket.take.first", number=ticket.number, name=event.owner_name)
    return (_tell(event.by, said),)


def finished(event: TicketFinished) -> Told:
    """The customer hears that it is solved and how to say that it is not; the card closes."""
    ticket = event.ticket
    known: Known = {"number": ticket.number, "kind": kind_phrase(ticket)}
    said = Phrase("ticket.solved", known)
    if event.note:
        said = Phrase("ticket.solved_so", {**known, "note": event.note})
    told = phrase(
        "ticket.done",
        number=ticket.number,
        nickname=called(event.nickname),
        kind=kind_phrase(ticket),
        customer=_hears(ticket),
        how=_how(event),
    )
    others = _to_owner(ticket, _done_by(event)) if ticket.owner != event.by else ()
    done = phrase("ticket.card.done_by", name=event.name)
    watched = phrase("ticket.watch.solved", number=ticket.number, name=event.name)
    return (
        *_to_customer(ticket, said),
        *_owners_card(event),
        *(CloseCard(each, done) for each in event.cards),
        *others,
        _tell(event.by, told),
        *to_watchers(event.watchers, watched),
    )


def finish_refused(event: FinishRefused) -> Told:
    """The one who may not finish it hears who has it, or that it is solved."""
    ticket = event.ticket
    key = "ticket.done.already" if ticket.state.ended else "ticket.done.not_yours"
    known: Known = {"number": ticket.number, "name": event.owner_name}
    said = _gone(ticket) or Phrase(key, known)
    return (_tell(event.by, said),)


def waits(event: TicketWaits) -> Told:
    """The customer hears what they are asked for; the one who waits hears how it goes on."""
    ticket = event.ticket
    number, inside = ticket.number, ticket.state is TicketState.WAITING_INSIDE
    key = "ticket.waits.inside" if inside else "ticket.waits.customer"
    told = () if event.stepped else (_tell(event.by, phrase(key, number=number)),)
    if inside or not event.reason:
        return told
    asked = phrase("ticket.asks", number=number, name=event.name, reason=event.reason)
    return (*_to_customer(ticket, asked), *told)


def goes_on(event: TicketGoesOn) -> Told:
    """The owner hears that the customer has answered, or that it is theirs again."""
    ticket = event.ticket
    known: Known = {"number": ticket.number, "due": ticket.due_at}
    if event.by != "customer":
        return (_tell(event.by, Phrase("ticket.resumed", known)),)
    who: Known = {"nickname": called(event.nickname), "words": event.words}
    return _to_owner(ticket, Phrase("ticket.answered", {**known, **who}))


def reopened(event: TicketReopened) -> Told:
    """The customer hears who goes on with it until when; so do those who shall."""
    ticket = event.ticket
    known: Known = {"number": ticket.number, "due": ticket.due_at, "kind": kind_phrase(ticket)}
    key = "ticket.reopened.owned" if event.name else "ticket.reopened.open"
    said = Phrase(key, {**known, "name": event.name})
    key = (
        "ticket.reopened.told_customer" if event.by == "customer" else "ticket.reopened.told_staff"
    )
    told = Phrase(key, {**known, "words": event.words})
    staff = Tell(Say(told), (ticket.owner,) if ticket.owner else event.to)
    return (*_to_customer(ticket, said), staff)


def acknowledged(event: TicketAcknowledged) -> Told:
    """The one who looks after it hears until when, and that nobody else is told."""
    ticket = event.ticket
    known: Known = {"number": ticket.number, "due": ticket.due_at}
    followed = phrase("ticket.card.followed_by", name=event.name)
    closed = (CloseCard(task, followed) for task in event.cards)
    return (*closed, _tell(event.by, Phrase("ticket.acknowledged", known)))


def move_refused(event: MoveRefused) -> Told:
    """The one who asked hears how it stands."""
    ticket = event.ticket
    state = Phrase(f"ticket.state.{ticket.state}", {"name": event.owner_name})
    if event.by == "customer":
        known: Known = {"number": ticket.number, "kind": kind_phrase(ticket)}
        return _to_customer(ticket, Phrase("ticket.reopened.at_work", known))
    why = phrase("ticket.move_refused", number=ticket.number, state=state)
    return (_tell(event.by, _gone(ticket) or why),)


def noted(event: TicketNoted) -> Told:
    """The one who wrote hears that it is kept; the owner hears what was written."""
    ticket = event.ticket
    kept = _tell(event.by, phrase("ticket.noted", number=ticket.number))
    if ticket.owner == event.by:
        return (kept,)
    added = phrase("ticket.owner_noted", number=ticket.number, name=event.name, note=event.note)
    return (kept, *_to_owner(ticket, added))


def link_revoked(event: LinkRevoked) -> Told:
    """Who asked hears how to get the next address."""
    return (_tell(event.by, phrase("ticket.link_revoked", number=event.ticket.number)),)


def no_such(event: NoSuchTicket) -> Told:
    """The one who asked hears that the number is wrong."""
    return (_tell(event.by, phrase("ticket.unknown", number=event.number)),)


def _gone(ticket: Ticket) -> Phrase | None:
    """Where a ticket goes on, or that it ended without anybody; None: it is somebody's."""
    if ticket.merged_into:
        return phrase("ticket.gone.merged", number=ticket.number, into=ticket.merged_into)
    if ticket.state.ended and not ticket.owner:
        return phrase("ticket.gone.ended", number=ticket.number)
    return None


def _owners(event: TicketTaken) -> Card:
    return owner_card(event.ticket, event.nickname, event.added, event.ways, event.form)


def _owners_card(event: TicketFinished) -> tuple[CloseCard, ...]:
    if not event.before.owner:
        return ()
    done = phrase("ticket.card.done_by", name=event.name)
    return (CloseCard(owner_task(event.before), done),)


def _done_by(event: TicketFinished) -> Phrase:
    return phrase("ticket.owner_done", number=event.ticket.number, name=event.name)


def _how(event: TicketFinished) -> Phrase | str:
    if event.how.filled:
        return phrase("ticket.done.filled", told=event.how.filled)
    if event.how.unfilled:
        left = "、".join(event.how.unfilled)
        return phrase("ticket.done.unfilled", fields=left, number=event.ticket.number)
    return ""


def _hears(ticket: Ticket) -> Phrase:
    return (
        phrase("ticket.done.customer_told") if ticket.conversation else phrase("ticket.done.quiet")
    )


def _announced(ticket: Ticket, said: Phrase) -> Told:
    """What a customer hears of a ticket's making; in danger no number stands before the help."""
    return () if ticket.kind is TicketKind.EMERGENCY else _to_customer(ticket, said)


def _to_customer(ticket: Ticket, said: Phrase) -> tuple[SayTo, ...]:
    if ticket.conversation is None or ticket.is_hidden:
        return ()
    return (SayTo(ticket.conversation, Say(said)),)


def _to_owner(ticket: Ticket, said: Phrase) -> tuple[Tell, ...]:
    return (_tell(ticket.owner, said),) if ticket.owner else ()


def _tell(userid: str, said: Phrase) -> Tell:
    return Tell(Say(said), (userid,))
