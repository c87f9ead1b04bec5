"""Who holds a session that a person held: it may have ended unseen, so WeCom is asked again."""

from bot.turn.ports import CustomerChannel
from desk.conversations.model import Conversation, Session

WITH_A_PERSON = (Session.QUEUE, Session.SERVICER)
"""While a person holds the session, or the queue does, only they may write (WeCom 95018)."""


async def holder(
    channel: CustomerChannel, conversation: Conversation
) -> tuple[Session, str] | None:
    """Tell who holds the session now: (state, servicer); None where no person held it before.

    Where WeCom does not tell, it is as it was.
    """
    if conversation.session not in WITH_A_PERSON:
        return None
    asked = await channel.session(conversation.account, conversation.person)
    return asked or (conversation.session, conversation.servicer)
