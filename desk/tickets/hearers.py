"""Says things to those who hear of a ticket: its customer, its owner, somebody of the staff."""

from collections.abc import Sequence

from desk.conversations.commands import CloseCard, SayTo, Tell
from desk.kernel.messages import Phrase, Say
from desk.tickets.model import Ticket

Told = tuple[SayTo | Tell | CloseCard, ...]


def to_customer(ticket: Ticket, said: Phrase) -> tuple[SayTo, ...]:
    """What its customer hears, where there is one who may hear of it."""
    if ticket.conversation is None or ticket.is_hidden:
        return ()
    return (SayTo(ticket.conversation, Say(said)),)


def to_owner(ticket: Ticket, said: Phrase) -> tuple[Tell, ...]:
    """What its owner is told, if somebody has it."""
    return (tell(ticket.owner, said),) if ticket.owner else ()


def to_watchers(watchers: Sequence[str], said: Phrase) -> tuple[Tell, ...]:
    """What those are told who watch it, if there are any."""
    return (Tell(Say(said), tuple(watchers)),) if watchers else ()


def tell(userid: str, said: Phrase) -> Tell:
    """What one of the staff is told."""
    return Tell(Say(said), (userid,))
