"""What a conversation remembers from one turn to the next."""

from desk.conversations.commands import Ask, Greet, NoteSession, NotUnderstood, Remember
from desk.conversations.model import Session
from desk.kernel.messages import Say, phrase
from tests.clocks import NOON
from tests.desk.work.house import CHAT, House

WHICH = Say(phrase("product.which"))
ASK = Ask("stock_check", expects="product", slots={"size": "22"})


async def test_a_question_waits_with_what_was_known(house: House) -> None:
    await house.do(ASK, say=(WHICH,))
    pending = house.dialogue.pending
    assert pending is not None
    assert (pending.intent, pending.expects, pending.asked_at) == ("stock_check", "product", NOON)
    assert (pending.slots, pending.tries) == ({"size": "22"}, 1)


async def test_the_same_question_again_is_another_try(house: House) -> None:
    await house.do(ASK, say=(WHICH,))
    await house.do(ASK, say=(WHICH,))
    assert house.dialogue.pending is not None
    assert house.dialogue.pending.tries == 2


async def test_an_answer_closes_the_question(house: House) -> None:
    await house.do(ASK, say=(WHICH,))
    await house.do(say=(Say(phrase("stock.available")),))
    assert house.dialogue.pending is None


async def test_signals_leave_the_question_open(house: House) -> None:
    await house.do(ASK, say=(WHICH,))
    await house.do(Greet(CHAT.id, "code", WHICH), NoteSession(CHAT.id, Session.ASSISTANT, ""))
    await house.do()
    assert house.dialogue.pending is not None


async def test_not_understanding_keeps_the_question_and_counts(house: House) -> None:
    await house.do(ASK, say=(WHICH,))
    await house.do(NotUnderstood(), say=(WHICH,))
    await house.do(NotUnderstood(), say=(WHICH,))
    assert house.dialogue.pending is not None
    assert house.dialogue.not_understood == 2
    await house.do(say=(WHICH,))
    assert house.dialogue.not_understood == 0


async def test_remembering_merges_and_an_empty_word_forgets(house: House) -> None:
    await house.do(Remember({"product": "学步鞋", "order_no": "E1"}))
    await house.do(Remember({"product": "童袜", "order_no": ""}))
    assert house.dialogue.focus == {"product": "童袜"}
