"""Fallback: a short menu of what may have been meant, then a person; never a third "pardon"."""

from collections.abc import Mapping

from actions.asking import SAID, go
from actions.small_talk import WAYS_ON
from desk.commands import Outcome
from desk.conversations.commands import NotUnderstood, ShowList
from desk.conversations.model import Conversation, Option
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

_OFFERED = 2
_LOOKED_AT = 4
_SMALL_TALK = frozenset(
    ("greet", "goodbye", "thank", "affirm", "deny", "bot_challenge", "out_of_scope")
)


async def unclear(turn: Turn, desk: Desk, actions: Mapping[str, Action]) -> Outcome:
    """The NLU was not sure: offer what it thought of, or hand over the second time."""
    if turn.conversation.dialogue.not_understood > 0:
        passed = await actions["human_handoff"].run(turn, desk)
        return Outcome((Say(phrase("fallback.person")), *passed.say), passed.do)
    wishes = [*_likely(turn), "human_handoff"]
    kept = {SAID: turn.text, **turn.slots}
    lines = tuple(Option(go(each).id, go(each).label, kept) for each in wishes)
    say = Say(phrase("fallback.which"), tuple(go(each) for each in wishes))
    return Outcome((say,), (NotUnderstood(), ShowList(turn.understanding.intent, lines, kept)))


def _likely(turn: Turn) -> list[str]:
    """The two wishes that the NLU thought of first; where it thought of none, the commonest."""
    ranked = [intent for intent, _ in turn.understanding.ranking[:_LOOKED_AT]]
    wishes = [each for each in ranked if each not in (*_SMALL_TALK, "human_handoff")]
    return (wishes or list(WAYS_ON))[:_OFFERED]


def deaf(turn: Turn) -> Outcome:
    """Nobody could read the message: promise a person, and see to it that one comes."""
    ticket = OpenTicket(
        kind=TicketKind.CONSULT,
        priority=Priority.HIGH,
        summary=f"机器人没能识别，请人工回复：{turn.text[:200]}",
        customer=turn.customer.id,
        conversation=turn.conversation.id,
        asks=False,
    )
    return Outcome(say=(Say(phrase("fallback.person_follows")),), do=(ticket,))


def broken(conversation: Conversation) -> Outcome:
    """Something of ours broke: say that a person will follow, and call one."""
    if conversation.customer is None:
        return Outcome(say=(Say(phrase("staff.broken")),))
    ticket = OpenTicket(
        kind=TicketKind.OTHER,
        priority=Priority.HIGH,
        summary="系统处理这位顾客的消息时出错，请人工回复。",
        customer=conversation.customer,
        conversation=conversation.id,
    )
    return Outcome(say=(Say(phrase("fallback.person_follows")),), do=(ticket,))
