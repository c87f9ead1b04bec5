"""The same answer is not said word for word twice in succession."""

from datetime import timedelta

from desk.conversations.commands import NoteAnswer, ShowList
from tests.actions.chat import Chat
from tests.actions.goods import SHIPPED
from tests.actions.people import MIMI, STRANGER

SAME = "还是我刚才说的那样。要是没答到您想问的，换个说法告诉我，也可以直接找人工客服。"
PERSON = "我这边能答的就是这些了。点一下“找人工客服”，请同事来看。"


def shipped() -> Chat:
    """A chat of somebody with one order, on its way."""
    chat = Chat(MIMI)
    chat.youzan.orders = [SHIPPED]
    return chat


async def test_an_answer_is_told_anew_in_few_words_and_then_a_person_is_offered() -> None:
    chat = shipped()
    assert "嘉兴" in (await chat.says("快递到哪了", "logistics_query"))[0]
    assert await chat.says("快递到哪了啊", "logistics_query") == [SAME]
    assert chat.labels == ["找人工客服"]
    assert await chat.says("到底到哪了", "logistics_query") == [PERSON]
    await chat.taps("找人工客服")
    assert "人工" in chat.heard[-1]


async def test_another_question_with_the_same_answer_gets_it_with_a_way_to_a_person() -> None:
    chat = shipped()
    first = await chat.says("订单怎么样了", "order_status")
    assert await chat.says("到哪里了", "logistics_query") == first
    assert chat.labels == ["找人工客服"]


async def test_after_a_while_or_another_answer_it_is_told_in_full() -> None:
    chat = shipped()
    first = await chat.says("快递到哪了", "logistics_query")
    chat.clock.turn(timedelta(minutes=11))
    assert await chat.says("快递到哪了", "logistics_query") == first
    await chat.says("上海有店吗", "store_locate", city="上海")
    assert await chat.says("快递到哪了", "logistics_query") == first


async def test_small_talk_between_changes_nothing_and_is_itself_said_as_often() -> None:
    chat = shipped()
    await chat.says("快递到哪了", "logistics_query")
    assert await chat.says("谢谢", "thank") == await chat.says("谢谢啊", "thank")
    assert await chat.says("快递到哪了", "logistics_query") == [SAME]


async def test_a_question_is_put_in_other_words_and_its_answer_still_counts() -> None:
    chat = Chat(STRANGER)
    read = [await chat.says("我的快递到哪了", "logistics_query") for _ in range(3)]
    assert read[1] == ["请把订单号发给我，在店铺的“我的订单”里可以复制。"]
    assert read[2] == [PERSON]
    assert chat.labels[-1] == "找人工客服"
    await chat.says(f"{SHIPPED.number} 2345", "order_status")
    assert "嘉兴" in chat.heard[-1]


async def test_a_tap_gets_its_answer_as_often_as_it_is_tapped() -> None:
    chat = Chat(STRANGER)
    await chat.says("你好", "greet")
    menu, coupons = chat.menu, chat.labels[2]
    first = await chat.taps(coupons)
    chat.menu = menu
    assert await chat.taps(coupons) == first


async def test_figures_that_changed_are_told() -> None:
    chat = shipped()
    first = await chat.says("快递到哪了", "logistics_query")
    chat.youzan.orders = []
    assert await chat.says("快递到哪了", "logistics_query") != [SAME] != first


async def test_the_lines_to_tap_stay_with_the_other_words() -> None:
    chat = Chat(STRANGER)
    await chat.says("讲个笑话", "out_of_scope")
    lines = chat.labels
    assert await chat.says("再讲个笑话嘛", "out_of_scope") == [SAME]
    assert chat.labels == lines
    assert chat.did(ShowList)


async def test_what_was_not_understood_counts_as_no_answer() -> None:
    chat = Chat(STRANGER)
    await chat.writes("唔嘛哩", ("greet", 0.2))
    assert chat.did(NoteAnswer) == []
    assert chat.conversation.dialogue.answer == ""
