"""Overhearing: what a customer writes while a person or the queue holds the session."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.turn.bursts import Burst, said_in
from bot.understanding.danger import danger
from desk.commands import Command
from desk.conversations.commands import Remember, Tell
from desk.conversations.model import Conversation, Session
from desk.kernel.ids import ConversationId, CustomerId
from desk.kernel.messages import Phrase, Say, phrase
from desk.kernel.private import hidden
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, TicketKind

_TOLD = "queue_told"
_AGAIN_AFTER = timedelta(minutes=10)
_MOST_WORDS = 60
_DANGER = "涉及人身安全，请立即联系顾客。顾客在等人工时说"


def overheard(
    conversation: Conversation, name: str, state: Session, burst: Burst, now: datetime
) -> Sequence[Command]:
    """What staff have to hear of it: danger always, and now and then who is still in the queue.

    The bot may not write itself (WeCom 95018). `name` is the customer's, "" where unknown.
    """
    words = " ".join(filter(None, map(said_in, burst)))
    if danger(words) and conversation.customer is not None:
        return (_emergency(conversation.id, conversation.customer, words),)
    if state is not Session.QUEUE or not words or not _is_time(conversation, now):
        return ()
    who: Phrase | str = name or phrase("customer.unnamed")
    told = phrase("queue.waiting", name=who, words=hidden(words)[:_MOST_WORDS])
    return (Tell(Say(told)), Remember({_TOLD: now.isoformat()}))


def _emergency(conversation: ConversationId, customer: CustomerId, words: str) -> OpenTicket:
    return OpenTicket(
        kind=TicketKind.EMERGENCY,
        priority=Priority.URGENT,
        summary=f"{_DANGER}：“{words[:_MOST_WORDS]}”",
        customer=customer,
        conversation=conversation,
    )


def _is_time(conversation: Conversation, now: datetime) -> bool:
    before = conversation.dialogue.focus.get(_TOLD)
    return before is None or now - datetime.fromisoformat(before) >= _AGAIN_AFTER
