"""The customers' room: messages that belong together, and an answer that was given before."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from typing import Any

from actions import ALL
from bot.turn.customer_room import CustomerRoom
from bot.turn.decision import Decision
from bot.understanding.reader import Reader
from desk.consulting.model import FaqEntry
from desk.conversations.commands import Tell
from desk.conversations.incoming import ChannelName, Incoming, Text
from desk.conversations.model import InboxRow
from desk.customers.commands import NotePhone
from desk.customers.model import Customer
from desk.customers.phones import phone_hash
from desk.customers.ports import CustomerReader
from desk.front import Work
from desk.handbook import plain_handbook
from desk.kernel.ids import InboxId, derived
from desk.kernel.messages import Say
from desk.turns import Understanding
from tests.actions.chat import Chat
from tests.actions.goods import PAID, SHIPPED
from tests.actions.people import MIMI, STRANGER


class ByText:
    """An NLU that knows some messages, and is unsure of the others."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known

    async def understand(self, text: str) -> Understanding:
        """Understand one message."""
        intent = self._known.get(text)
        if intent is None:
            return Understanding("greet", 0.2, "nlu", {}, (("greet", 0.2), ("thank", 0.19)))
        return Understanding(intent, 0.95, "nlu", {}, ((intent, 0.95), ("greet", 0.01)))


@dataclass
class House:
    """One customer who has one order, in the room."""

    known: Mapping[str, str]
    chat: Chat = field(default_factory=lambda: Chat(MIMI))
    rows: "count[int]" = field(default_factory=count)
    key: bytes = b"a key"

    async def hears(self, *texts: str) -> Decision:
        """Several messages sent at once; returns what is decided about them."""
        reader = Reader(ByText(self.known), 0.5, 0.1)
        room = CustomerRoom(self.chat.desk, reader, {each.intent: each for each in ALL}, _met)
        room = replace(room, phone_key=self.key)
        burst = tuple(self._row(text) for text in texts)
        decision = await room.answer(self.chat.conversation, burst)
        policies, clock = self.chat.desk.policies, self.chat.clock
        work = Work(self.chat.books.as_books, plain_handbook(self.chat.staff, policies), clock)
        await work.settle(decision.outcome, self.chat.conversation, burst[0].id)
        clock.turn(timedelta(seconds=40))
        return decision

    def _row(self, text: str) -> InboxRow:
        now, number = self.chat.clock.now(), f"m{next(self.rows)}"
        incoming = Incoming(
            ChannelName.KF, number, "kf-main", MIMI.external_userid, Text(text), now
        )
        return InboxRow(InboxId(derived("said", number)), incoming, 0, now)


def _met(_customer: Customer) -> None:
    pass


class Counted:
    """What is asked about customers, counted."""

    def __init__(self, customers: CustomerReader) -> None:
        self._customers, self.asked = customers, 0

    def __getattr__(self, name: str) -> Any:
        self.asked += name == "get"
        return getattr(self._customers, name)


async def test_a_plain_message_looks_its_customer_up_once() -> None:
    room = House({"谢谢": "thank"})
    counted = Counted(room.chat.desk.customers)
    room.chat.desk = replace(room.chat.desk, customers=counted)
    await room.hears("谢谢")
    assert counted.asked == 1


def keys(decision: Decision) -> list[str]:
    """The phrases that are said."""
    return [each.phrase.key for each in decision.outcome.say if isinstance(each, Say)]


async def test_the_same_answer_in_succession_is_not_given_word_for_word() -> None:
    house = House({"快递到哪了": "logistics_query", "到哪里了": "logistics_query"})
    house.chat.youzan.orders = [SHIPPED]
    first = keys(await house.hears("快递到哪了"))
    assert first != ["echo.same"]
    assert keys(await house.hears("到哪里了")) == ["echo.same"]
    assert keys(await house.hears("快递到哪了")) == ["echo.person"]


async def test_a_change_that_is_taken_back_in_two_messages_is_told_to_the_staff() -> None:
    house = House({"地址写错了": "delivery_change", "算了不改了": "delivery_change"})
    house.chat.youzan.orders = [PAID]
    await house.hears("地址写错了")
    decision = await house.hears("算了不改了", "还是原来的地址")
    assert keys(decision) == ["correction.taken_back"]
    assert len([each for each in decision.outcome.do if isinstance(each, Tell)]) == 1


async def test_a_nod_among_other_words_cancels_nothing() -> None:
    house = House({"帮我取消订单": "order_cancel", "有券吗": "coupon_query"})
    house.chat.youzan.orders = [PAID]
    await house.hears("帮我取消订单")
    await house.hears("好的，有券吗")
    assert not house.chat.books.tickets.kept
    await house.hears("好的")
    assert len(house.chat.books.tickets.kept) == 1


async def test_what_needs_no_question_is_answered_beside_what_does() -> None:
    known = {
        "我的积分": "member_query",
        "徐家汇店几点关门": "store_locate",
        "发货了吗": "order_status",
    }
    house = House(known, Chat(STRANGER))
    decision = await house.hears("发货了吗", "徐家汇店几点关门")
    said = [each.phrase.key for each in decision.outcome.say if isinstance(each, Say)]
    assert said[0].startswith("store.")
    assert said[-1] == "verify.which_order"


async def test_of_two_questions_the_second_waits_for_the_answer_to_the_first() -> None:
    known = {"我的积分": "member_query", "发货了吗": "order_status"}
    house = House(known, Chat(STRANGER))
    await house.hears("发货了吗", "我的积分")
    dialogue = house.chat.conversation.dialogue
    assert dialogue.pending is not None
    assert dialogue.pending.intent == "order_status"
    assert [each.text for each in dialogue.later] == ["我的积分"]


async def test_behind_danger_no_wish_is_taken_up() -> None:
    known = {
        "发货了吗": "order_status",
        "有什么活动": "promotion_query",
        "我的积分": "member_query",
    }
    house = House(known, Chat(STRANGER))
    await house.hears("发货了吗", "我的积分")
    decision = await house.hears("孩子噎住了快救命")
    said = [each.phrase.key for each in decision.outcome.say if isinstance(each, Say)]
    assert said == ["danger.emergency"]


async def test_a_general_question_amid_another_leaves_that_open() -> None:
    known = {"发货了吗": "order_status", "包邮吗": "price_query"}
    house = House(known, Chat(STRANGER))
    entry = FaqEntry("包邮吗，运费多少", "满99元包邮。")
    house.chat.desk = replace(house.chat.desk, faq=(entry,))
    await house.hears("发货了吗")
    decision = await house.hears("包邮吗")
    said = [each.phrase.key for each in decision.outcome.say if isinstance(each, Say)]
    assert said[0] == "consult.advice"
    assert house.chat.conversation.dialogue.pending is not None


async def test_a_phone_that_is_written_is_noted_as_a_hash_and_never_as_itself() -> None:
    house = House({"改下电话13812345678": "delivery_change"})
    house.chat.youzan.orders = [PAID]
    decision = await house.hears("改下电话13812345678")
    noted = [each for each in decision.outcome.do if isinstance(each, NotePhone)]
    assert noted == [NotePhone(MIMI.id, phone_hash("138 1234 5678", b"a key"))]
    assert house.chat.books.customers.phones == [(noted[0].phone, MIMI.id)]


async def test_without_a_key_no_phone_is_noted() -> None:
    house = House({"改下电话13812345678": "delivery_change"}, key=b"")
    decision = await house.hears("改下电话13812345678")
    assert not [each for each in decision.outcome.do if isinstance(each, NotePhone)]
