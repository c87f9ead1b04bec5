"""What a conversation remembers from one turn to the next."""

from datetime import timedelta

from desk.conversations.commands import (
    Ask,
    Drop,
    Greet,
    HandOver,
    KeepOpen,
    NoteAnger,
    NoteSession,
    NotUnderstood,
    Remember,
    ShowList,
    TalkOf,
)
from desk.conversations.memory import recent
from desk.conversations.model import Dialogue, Option, Question, Session
from desk.kernel.messages import Say, phrase
from desk.store.codecs import read_dialogue
from tests.clocks import NOON
from tests.desk.work.house import CHAT, MIMI, House

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


async def test_not_understanding_keeps_the_question_and_counts_across_small_talk(
    house: House,
) -> None:
    await house.do(ASK, say=(WHICH,))
    await house.do(NotUnderstood(), say=(WHICH,))
    assert house.dialogue.pending is not None
    await house.do(say=(WHICH,))
    await house.do(NotUnderstood(), say=(WHICH,))
    assert house.dialogue.not_understood == 2
    await house.do(TalkOf("stock_check"), say=(WHICH,))
    assert house.dialogue.not_understood == 0


async def test_a_wish_that_was_understood_closes_the_question_for_those_behind_it(
    house: House,
) -> None:
    await house.do(ASK, say=(WHICH,))
    await house.do(NotUnderstood(), TalkOf("store_locate"), say=(WHICH,))
    assert house.dialogue.pending is not None
    await house.do(TalkOf("stock_check"), NotUnderstood(), say=(WHICH,))
    assert house.dialogue.pending is None
    assert house.dialogue.not_understood == 2


async def test_a_question_stays_open_through_a_turn_about_something_else(house: House) -> None:
    await house.do(ASK, say=(WHICH,))
    await house.do(KeepOpen(), say=(WHICH,))
    assert house.dialogue.pending is not None
    assert (house.dialogue.pending.asides, house.dialogue.pending.tries) == (1, 1)
    await house.do(ASK, say=(WHICH,))
    assert (house.dialogue.pending.asides, house.dialogue.pending.tries) == (0, 2)


async def test_topics_are_kept_latest_first_each_once_and_few(house: House) -> None:
    for intent in ("stock_check", "store_locate", "price_query", "stock_check"):
        await house.do(TalkOf(intent, {"said": intent}), say=(WHICH,))
    assert [each.intent for each in house.dialogue.topics] == [
        "stock_check",
        "price_query",
        "store_locate",
    ]


async def test_what_is_not_wanted_any_more_is_no_topic(house: House) -> None:
    await house.do(TalkOf("invoice_request"), say=(WHICH,))
    await house.do(Drop("invoice_request"), say=(WHICH,))
    assert house.dialogue.topics == ()


async def test_a_list_is_the_latest_until_something_is_said_without_one(house: House) -> None:
    option = Option("a1", phrase("product.choice", title="学步鞋"), {"item": "s:1"})
    await house.do(ShowList("stock_check", (option,)), say=(WHICH,))
    assert house.dialogue.shown is not None
    assert house.dialogue.shown.latest
    await house.do(say=(WHICH,))
    assert not house.dialogue.shown.latest


async def test_anger_counts_until_a_person_has_the_customer(house: House) -> None:
    await house.do(NoteAnger(), say=(WHICH,))
    await house.do(NoteAnger(), say=(WHICH,))
    assert house.dialogue.vexed == 2
    await house.do(HandOver(CHAT.id, MIMI.id, "顾客生气", "在问快递"), say=(WHICH,))
    assert house.dialogue.vexed == 0


async def test_what_was_said_long_ago_is_not_meant_any_more(house: House) -> None:
    await house.do(ASK, TalkOf("stock_check"), Remember({"order_id": "E1"}), say=(WHICH,))
    for hours, left in ((1, (1, 1, 1)), (7, (1, 0, 1)), (13, (0, 0, 1)), (49, (0, 0, 0))):
        then = recent(house.dialogue, NOON + timedelta(hours=hours))
        known = (then.pending is not None, bool(then.topics), bool(then.focus))
        assert known == tuple(map(bool, left)), hours


async def test_remembering_merges_and_an_empty_word_forgets(house: House) -> None:
    await house.do(Remember({"product": "学步鞋", "order_no": "E1"}))
    await house.do(Remember({"product": "童袜", "order_no": ""}))
    assert house.dialogue.focus == {"product": "童袜"}


def test_a_memory_that_an_older_version_has_written_is_read() -> None:
    old = {
        "$": "Dialogue",
        "pending": {
            "$": "Question",
            "intent": "stock_check",
            "expects": "product",
            "asked_at": {"$": "datetime", "value": NOON.isoformat()},
            "options": [],
            "slots": {"$": "Map", "value": {}},
            "tries": 2,
        },
        "focus": {"$": "Map", "value": {"item": "s:1"}},
        "not_understood": 1,
    }
    pending = Question("stock_check", "product", NOON, tries=2)
    assert read_dialogue(old) == Dialogue(pending, {"item": "s:1"}, 1)
