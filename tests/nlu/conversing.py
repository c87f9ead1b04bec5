"""A written dialogue is held with the real understanding, the real turn and books in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from typing import Any

import aiohttp

from actions import ALL
from bot.turn.customer_room import CustomerRoom
from bot.turn.decision import Decision
from bot.understanding.client import NluClient
from bot.understanding.reader import Reader
from desk.conversations.incoming import ChannelName, Incoming, Text
from desk.conversations.memory import recent
from desk.conversations.model import InboxRow
from desk.customers.model import Customer
from desk.front import Work
from desk.handbook import plain_handbook
from desk.kernel.ids import InboxId, derived
from desk.kernel.money import Fen
from desk.shops.port import Item, ItemId, Order, OrderLine, OrderStatus, Parcel, ParcelStatus
from tests.actions.chat import Chat
from tests.actions.goods import MIMI_THERE, YOUZAN, hours_ago, kind
from tests.actions.people import MIMI
from tests.clocks import NOON

THRESHOLD, MARGIN = 0.45, 0.10

_GOODS: Mapping[str, Sequence[str]] = {
    "婴儿学步鞋软底": ("白色/22码", "白色/23码", "粉色/22码"),
    "羊奶粉婴幼儿配方": ("1段", "2段", "3段"),
    "纯棉连体衣": ("白色/80", "鹅黄/80", "白色/73"),
    "宽口径奶瓶": ("160ml", "240ml"),
    "汉EV轿车": ("尊享型",),
    "小金瓶防晒": ("50ml", "100ml"),
    "空气炸锅": ("4L",),
    "杨枝甘露": ("中杯", "大杯"),
    "少儿街舞课程": ("一期",),
    "滚筒洗衣机": ("10公斤",),
    "益智积木": ("大颗粒",),
    "上臂式血压计": ("中号", "大号"),
}


@dataclass
class Conversing:
    """One customer who says a dialogue's turns one after another."""

    chat: Chat
    room: CustomerRoom
    rows: "count[int]" = field(default_factory=count)

    async def hears(self, text: str) -> Decision:
        """One message; what is decided about it is done."""
        now = self.chat.clock.now()
        conversation = self.chat.conversation
        conversation = replace(conversation, dialogue=recent(conversation.dialogue, now))
        incoming = Incoming(
            ChannelName.KF, f"m{next(self.rows)}", "kf-main", MIMI.external_userid, Text(text), now
        )
        row = InboxRow(InboxId(derived("said", incoming.external_id)), incoming, 0, now)
        decision = await self.room.answer(conversation, (row,))
        work = Work(
            self.chat.books.as_books,
            plain_handbook(self.chat.staff, self.chat.desk.policies),
            self.chat.clock,
        )
        await work.settle(decision.outcome, conversation, row.id)
        self.chat.clock.turn(timedelta(seconds=40))
        return decision

    @property
    def known(self) -> Mapping[str, str]:
        """The words that the answer had to work with, with what is in focus."""
        dialogue = self.chat.conversation.dialogue
        spoken = dialogue.topics[0].slots if dialogue.topics else {}
        waiting = dialogue.pending.slots if dialogue.pending else {}
        return {**self._of_the_order(dialogue.focus), **dialogue.focus, **waiting, **spoken}

    def _of_the_order(self, focus: Mapping[str, str]) -> Mapping[str, str]:
        """What is known with an order that is in focus: what was bought, and its parcel."""
        shop, number = self.chat.youzan, focus.get("order_id", "")
        bought = next((each.lines[0].title for each in shop.orders if each.number == number), "")
        parcels = shop.packed.get(number, ())
        return {"product": bought, "tracking_no": parcels[0].tracking_no if parcels else ""}


def conversing(
    http: aiohttp.ClientSession, url: str, turns: Sequence[Mapping[str, Any]]
) -> Conversing:
    """A customer who owns the orders that a dialogue names, in a shop that sells what it names."""
    chat = Chat(MIMI)
    chat.youzan.items = [
        Item(ItemId(YOUZAN, f"g{place}"), title, Fen(9900), Fen(12900))
        for place, title in enumerate(_GOODS)
    ]
    chat.youzan.skus = [
        kind(chat.youzan.items[place].id, 3, 9900 + 500 * at, 规格=name)
        for place, names in enumerate(_GOODS.values())
        for at, name in enumerate(names)
    ]
    chat.tmall.items, chat.tmall.skus = [], []
    chat.youzan.orders, chat.youzan.packed = _orders(turns)
    reader = Reader(NluClient(http, url, 5.0), THRESHOLD, MARGIN)
    actions = {each.intent: each for each in ALL}
    return Conversing(chat, CustomerRoom(chat.desk, reader, actions, _met))


def _orders(
    turns: Sequence[Mapping[str, Any]],
) -> tuple[list[Order], dict[str, tuple[Parcel, ...]]]:
    named = [each for turn in turns for each in turn["entities"]]
    numbers = [each["value"] for each in named if each["entity"] == "order_id"]
    tracked = [each["value"] for each in named if each["entity"] == "tracking_no"]
    title = next((each["value"] for each in named if each["entity"] == "product"), "宝宝保温杯")
    orders = [_order(number, title, place) for place, number in enumerate(numbers)]
    packed: dict[str, tuple[Parcel, ...]] = {}
    for place, number in enumerate(tracked):
        orders.append(_order(f"E2026111800000000000{place:04d}", title, len(orders)))
        packed[orders[-1].number] = (Parcel("顺丰速运", number, ParcelStatus.IN_TRANSIT, ()),)
    return orders, packed


def _order(number: str, title: str, days: int) -> Order:
    at = NOON - timedelta(days=3 + days)
    return Order(
        shop=YOUZAN,
        number=number,
        status=OrderStatus.SHIPPED,
        buyer=MIMI_THERE,
        phone_tail="2345",
        created_at=at,
        paid_at=at,
        shipped_at=hours_ago(30),
        payment=Fen(16900),
        lines=(OrderLine(ItemId(YOUZAN, "g0"), "s", title, (), 1, Fen(16900)),),
    )


def _met(customer: Customer) -> None:
    del customer
