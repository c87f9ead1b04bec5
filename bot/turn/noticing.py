"""Noticing: what a customer writes is told to the merchant's rules, whoever answers it."""

from bot.turn.bursts import Burst, said_in
from bot.turn.holding import WITH_A_PERSON
from desk.commands import Command
from desk.conversations.incoming import Text
from desk.conversations.model import Conversation, Session
from desk.rules.commands import Notice
from desk.rules.happenings import Happening, On


def noticing(
    conversation: Conversation, burst: Burst, intent: str, session: Session | None
) -> tuple[Command, ...]:
    """What rules are told of a burst: its text, nothing where it is a picture or a tap."""
    words = "；".join(filter(None, map(said_in, burst)))
    first = burst[0].incoming.content
    tapped = isinstance(first, Text) and first.menu_id
    if not words or tapped or conversation.customer is None:
        return ()
    holder = conversation.session if session is None else session
    held = holder in WITH_A_PERSON
    happening = Happening(
        On.MESSAGE,
        customer=conversation.customer,
        conversation=conversation.id,
        told={"message.intent": intent, "message.held": held},
        text=words,
        held=held,
    )
    return (Notice(happening),)
