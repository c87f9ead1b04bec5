"""Whether a customer who waits may be told at all, and in which conversation."""

from collections.abc import Sequence
from datetime import datetime

from bot.turn.deliver import REPLIES_PER_MESSAGE, REPLY_WINDOW
from bot.turn.holding import WITH_A_PERSON
from desk.conversations.incoming import ChannelName
from desk.conversations.model import Conversation


def open_to(conversations: Sequence[Conversation], now: datetime) -> Conversation | None:
    """The conversation that was heard last of those in which the house may speak.

    It may within 48 hours of the customer's last message, five times, and not while a person has
    the session (WeCom docs 94677, 95018). None: only a member of staff can tell them.
    """
    may = [each for each in conversations if _may_speak(each, now)]
    return max(may, key=lambda each: str(each.last_heard_at), default=None)


def _may_speak(conversation: Conversation, now: datetime) -> bool:
    heard = conversation.last_heard_at
    if conversation.channel is ChannelName.APP or heard is None:
        return False
    in_time = now - heard < REPLY_WINDOW and conversation.sent_since < REPLIES_PER_MESSAGE
    return in_time and conversation.session not in WITH_A_PERSON
