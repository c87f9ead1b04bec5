"""Who hears what when it is decided who has a ticket."""

from desk.assignment.cards import nobody_card, offer_card
from desk.assignment.commands import CloseOffer, FindOwner, HurryOffer, SendElsewhere
from desk.assignment.events import (
    NobodyFound,
    NotThere,
    NotYours,
    OfferEnded,
    OfferHurried,
    OwnerGone,
    PresenceChanged,
    StaffDismissed,
    StruckOut,
    SurgeSwitched,
    TicketGiven,
    TicketOffered,
    TicketReturned,
)
from desk.assignment.model import Cause
from desk.conversations.commands import CloseCard, SayTo, Tell
from desk.kernel.messages import Phrase, Say, phrase
from desk.tickets.cards import priority_phrase
from desk.tickets.closing.events import TicketClosed
from desk.tickets.events import (
    TicketFinished,
    TicketOpened,
    TicketRaised,
    TicketReopened,
    TicketTaken,
    TicketWaits,
)
from desk.tickets.kin.events import TicketMerged
from desk.tickets.model import TicketKind
from desk.tickets.news import news
from desk.tickets.sorting.events import TicketPrioritised, TicketRouted

Told = tuple[SayTo | Tell | CloseCard, ...]


def opened(event: TicketOpened) -> tuple[FindOwner, ...]:
    """Somebody is looked for as soon as a ticket is there."""
    return (FindOwner(event.ticket, Cause.OPENED, event.skill),)


def reopened(event: TicketReopened) -> tuple[FindOwner, ...]:
    """Somebody is looked for where who had it is not here any more."""
    return () if event.ticket.owner else (FindOwner(event.ticket, Cause.REOPENED),)


def raised(event: TicketRaised) -> tuple[HurryOffer, ...]:
    """Who is asked has less time from now on."""
    if event.ticket.owner:
        return ()
    note = news(event.note, event.ticket.summary) or event.note
    return (HurryOffer(event.ticket, note, event.to),)


def closed(event: TicketClosed) -> tuple[CloseOffer, ...]:
    """Nobody is asked to take it any more."""
    return () if event.before.state.ended else (CloseOffer(event.ticket, event.by),)


def waits(event: TicketWaits) -> tuple[CloseOffer, ...]:
    """Who lets a ticket wait that nobody had has it from now on: nobody else is asked."""
    return () if event.before.owner else (CloseOffer(event.ticket, event.by),)


def merged(event: TicketMerged) -> tuple[CloseOffer, ...]:
    """Nobody is asked to take it any more; nor the other one, if that is taken now."""
    into = (CloseOffer(event.into, event.into.owner),) if event.into.owner else ()
    return (CloseOffer(event.ticket, event.by), *into)


def prioritised(event: TicketPrioritised) -> tuple[HurryOffer, ...]:
    """Who is asked has less time where it hurries more."""
    hurries = event.ticket.priority.over(event.before.priority)
    return (HurryOffer(event.ticket),) if hurries and not event.ticket.owner else ()


def routed(event: TicketRouted) -> tuple[SendElsewhere, ...]:
    """Who had it or was asked hears that it went on; somebody else is asked."""
    return (SendElsewhere(event.ticket, event.before, event.skill),)


def taken(event: TicketTaken) -> tuple[CloseOffer, ...]:
    """Nobody else is asked any more."""
    return (CloseOffer(event.ticket, event.by),)


def finished(event: TicketFinished) -> tuple[CloseOffer, ...]:
    """Solved by somebody who had never taken it: nobody is asked any more."""
    return () if event.before.owner else (CloseOffer(event.ticket, event.by),)


def offered(event: TicketOffered) -> Told:
    """Who is asked gets the card, nobody else."""
    return (Tell(offer_card(event, event.by), event.to),)


def nobody(event: NobodyFound) -> Told:
    """Those above hear it at once; the customer hears when somebody will look."""
    loud = (Tell(nobody_card(event), event.to),) if event.to else ()
    ticket = event.ticket
    if not event.tell_customer or ticket.kind is TicketKind.EMERGENCY or not ticket.conversation:
        return loud
    if event.queued:
        said = phrase("assign.customer.queued")
    elif event.opens_at is not None:
        said = phrase("assign.customer.opens", at=event.opens_at)
    else:
        said = phrase("assign.customer.busy")
    return (SayTo(ticket.conversation, Say(said)), *loud)


def ended(event: OfferEnded) -> Told:
    """The card asks no more; one that was never sent has nothing to close."""
    if not event.offer.task:
        return ()
    said = Phrase(f"assign.ended.{event.how}", {"name": event.name})
    return (CloseCard(event.offer.task, said),)


def hurried(event: OfferHurried) -> Told:
    """Who is asked to take it hears how much it hurries now, nobody else."""
    ticket = event.ticket
    said = phrase(
        "assign.hurried",
        number=ticket.number,
        priority=priority_phrase(ticket),
        until=event.offer.due_at,
        note=event.note,
    )
    return (_tell(event.offer.userid, said),)


def owner_gone(event: OwnerGone) -> Told:
    """The cards of whoever had it ask no more."""
    gone = phrase("assign.ended.passed_on")
    return tuple(CloseCard(each, gone) for each in event.cards)


def returned(event: TicketReturned) -> Told:
    """Who gave it back hears that it goes on without them."""
    return (_tell(event.by, phrase("assign.returned", number=event.ticket.number)),)


def not_yours(event: NotYours) -> Told:
    """Who wanted to move it hears who has it."""
    number = event.ticket.number
    if event.owner_name:
        return (_tell(event.by, phrase("assign.not_yours", number=number, name=event.owner_name)),)
    return (_tell(event.by, phrase("assign.not_asked", number=number)),)


def not_there(event: NotThere) -> Told:
    """Who wanted to give it hears that the other takes nothing now."""
    state = Phrase(f"presence.{event.state}")
    said = phrase("assign.not_there", name=event.name, state=state, number=event.ticket.number)
    return (_tell(event.by, said),)


def given(event: TicketGiven) -> Told:
    """Who gave it hears that the other was asked."""
    said = phrase("assign.given", number=event.ticket.number, name=event.name)
    return (_tell(event.by, said),)


def presence(event: PresenceChanged) -> Told:
    """They hear what holds now, what went to others and what they still have."""
    own = event.by == event.userid
    if not own:
        said = phrase("presence.set_by", name=event.name, state=Phrase(f"presence.{event.state}"))
        return () if event.by == "bot" else (_tell(event.by, said),)
    passed = phrase("presence.passed_on", count=event.passed_on) if event.passed_on else ""
    held = phrase("presence.held", count=event.held) if event.held else ""
    said = Phrase(f"presence.now.{event.state}", {"passed": passed, "held": held})
    return (_tell(event.userid, said),)


def struck_out(event: StruckOut) -> Told:
    """They hear why, and how they are back; those above hear it too."""
    passed = phrase("presence.passed_on", count=event.passed_on) if event.passed_on else ""
    own = phrase("assign.struck", count=event.strikes, passed=passed)
    told = phrase("assign.struck_told", name=event.name, count=event.strikes, moved=event.passed_on)
    others = tuple(each for each in event.to if each != event.userid)
    return (_tell(event.userid, own), *((Tell(Say(told), others),) if others else ()))


def dismissed(event: StaffDismissed) -> Told:
    """Those above hear how much went to others."""
    key = "assign.dismissed" if event.passed_on else "assign.dismissed_empty"
    said = Phrase(key, {"name": event.name, "count": event.passed_on})
    return (Tell(Say(said), event.to),) if event.to else ()


def surge(event: SurgeSwitched) -> Told:
    """Everybody hears when it begins and ends."""
    if not event.changed:
        said = phrase("surge.already_on" if event.on else "surge.already_off")
    else:
        by = phrase("surge.by", name=event.name) if event.by != "bot" else phrase("surge.by_itself")
        said = phrase("surge.on" if event.on else "surge.off", by=by)
    return (Tell(Say(said), event.to),) if event.to else ()


def _tell(userid: str, said: Phrase) -> Tell:
    return Tell(Say(said), (userid,))
