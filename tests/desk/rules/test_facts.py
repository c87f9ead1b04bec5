"""Only what a rule asks for is looked up, and every name that it may use is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import cast

import pytest

from desk.customers.model import Customer, Evidence, Link
from desk.customers.ports import CustomerReader
from desk.kernel.ids import ConversationId, CustomerId, TicketId, derived
from desk.kernel.money import Fen
from desk.rules.book import RuleBook
from desk.rules.facts import Sources, look_up
from desk.rules.happened import keys_of
from desk.rules.happenings import Happening, On, Value
from desk.rules.model import Condition, Rule
from desk.rules.runs import Standing
from desk.rules.vocabulary import BY_NAME, KEYS, Kind, terms_of
from desk.shops.book import BookedOrder
from desk.tickets.model import Priority, Ticket, TicketEvent, TicketKind, TicketState
from tests.bot.commands.room import BUYER, ORDER, ORDER_NO
from tests.clocks import NOON
from tests.desk.rules.making import rule, rules
from tests.fakes.staff import FakeStaff

WHO = CustomerId(derived("mimi"))
MIMI = Customer(
    WHO,
    "wm-mimi",
    "咪咪妈",
    (Link(BUYER, Evidence.PLATFORM_BRIDGE, NOON),),
    (),
    (),
    asked_not_to_push=False,
    since=NOON - timedelta(days=40),
)
TICKET = Ticket(
    id=TicketId(derived("ticket")),
    number="T-20261121-0001",
    kind=TicketKind.RETURN,
    priority=Priority.HIGH,
    state=TicketState.TAKEN,
    customer=WHO,
    conversation=ConversationId(derived("chat")),
    source=None,
    shop=ORDER.shop,
    order_no=ORDER_NO,
    summary="要退货",
    owner="amei",
    opened_at=NOON - timedelta(hours=30),
    taken_at=None,
    solved_at=None,
    due_at=NOON - timedelta(hours=1),
    version=1,
    fields={"reason": "尺码不合", "pictures": ("a", "b")},
    tags=("VIP",),
)


@dataclass
class Looked:
    """Everything that can be looked up, and what was."""

    asked: list[str] = field(default_factory=list)

    @property
    def customers(self) -> "Looked":
        return self

    @property
    def tickets(self) -> "Looked":
        return self

    @property
    def orders(self) -> "Looked":
        return self

    @property
    def rules(self) -> "Looked":
        return self

    async def get(self, customer: CustomerId) -> Customer:
        self.asked.append("customer")
        return MIMI

    async def of_customer(self, customer: CustomerId, limit: int) -> tuple[Ticket, ...]:
        self.asked.append("tickets")
        risk = replace(TICKET, number="T-9", kind=TicketKind.RISK)
        return (risk, replace(TICKET, number="T-8", state=TicketState.SOLVED), TICKET)

    async def history(self, number: str) -> tuple[TicketEvent, ...]:
        self.asked.append("history")
        what = (("customer", "joined"), ("rule:x", "joined"), ("customer", "reopened"))
        return tuple(TicketEvent(TICKET.id, NOON, actor, each) for actor, each in what)

    async def booked(self, shop: str, number: str) -> BookedOrder | None:
        self.asked.append("order")
        return BookedOrder(ORDER, NOON) if (shop, number) == (ORDER.shop, ORDER_NO) else None

    async def standing(self, customer: CustomerId, now: object, *, paid: bool) -> Standing:
        self.asked.append("standing and paid" if paid else "standing")
        return Standing(500_000, 2, 3, ("T-9",), 4)


TOLD: Mapping[On, Mapping[str, Value]] = {
    On.MESSAGE: {"message.intent": "complaint", "message.held": False},
    On.TICKET_CHANGED: {"change.what": "tags"},
    On.TICKET_STEP: {"step.before": "asked"},
    On.TICKET_LATE: {"late.which": "first", "late.stage": "warned"},
    On.RATED: {"rating.score": 1},
    On.ORDER_CHANGED: {"was.status": "paid"},
    On.REFUND_CHANGED: {
        "was.status": "paid",
        "refund.status": "requested",
        "refund.before": "",
        "refund.amount": 1,
    },
    On.PARCEL_STUCK: {"parcel.why": "silent", "parcel.silent_hours": 60},
}
"""What each happening tells itself."""


def happening(on: On) -> Happening:
    told = TOLD.get(on, {})
    if on is On.MESSAGE:
        return Happening(on, WHO, TICKET.conversation, told=told, text="我要退货")
    if on.value.startswith("ticket_"):
        return Happening(
            on, WHO, TICKET.conversation, TICKET, shop=TICKET.shop, order_no=ORDER_NO, told=told
        )
    if on is On.RATED:
        return Happening(on, WHO, TICKET.conversation, told=told)
    return Happening(on, WHO, order=ORDER, shop=ORDER.shop, order_no=ORDER_NO, told=told)


async def known(on: On, *needs: str) -> tuple[Mapping[str, Value], list[str]]:
    """The facts of a happening and what had to be looked up for them."""
    looked = Looked()
    sources = cast("Sources", looked)
    found = await look_up(happening(on), frozenset(needs), sources, FakeStaff(), NOON)
    return found.facts, looked.asked


TYPES = {Kind.TEXT: str, Kind.NUMBER: int, Kind.YES_NO: bool, Kind.TEXTS: tuple, Kind.ANSWERS: dict}


@pytest.mark.parametrize("on", list(On))
async def test_each_happening_tells_all_its_names_each_of_its_type(on: On) -> None:
    names = {each.name for each in terms_of((on,))}
    facts, _ = await known(on, *names)
    assert set(facts) == names
    for name, value in facts.items():
        kind = BY_NAME[name].kind
        assert kind is Kind.TIME or isinstance(value, TYPES[kind]), name
        assert kind is not Kind.NUMBER or not isinstance(value, bool), name


@pytest.mark.parametrize("on", list(On))
async def test_each_happening_tells_all_its_keys(on: On) -> None:
    customers = cast("CustomerReader", Looked())
    keys = await keys_of(happening(on), frozenset(KEYS[on]), customers)
    assert set(keys) == set(KEYS[on])
    assert all(isinstance(each, str) for values in keys.values() for each in values)


@pytest.mark.parametrize(
    ("needs", "asked"),
    [
        (("message.intent", "now.hour"), []),
        (("customer.risks", "customer.complaints"), ["standing"]),
        (("customer.tier", "customer.risks"), ["standing and paid"]),
        (("customer.days",), ["customer"]),
        (("ticket.kind", "ticket.tags"), ["tickets"]),
        (("ticket.joins",), ["tickets", "history"]),
        ((), []),
    ],
)
async def test_a_message_costs_what_its_rules_ask_for(
    needs: tuple[str, ...], asked: list[str]
) -> None:
    assert (await known(On.MESSAGE, *needs))[1] == asked


async def test_what_a_name_stands_for() -> None:
    facts, _ = await known(On.TICKET_OPENED, *BY_NAME)
    expected: Mapping[str, Value] = {
        "now.hour": 12,
        "now.weekday": 6,
        "customer.tier": "vip",
        "customer.days": 40,
        "customer.risks": 1,
        "ticket.fields": {"reason": "尺码不合", "pictures": ["a", "b"]},
        "ticket.joins": 1,
        "ticket.reopened": 1,
        "ticket.age_hours": 30,
        "ticket.overdue": True,
        "order.payment": int(Fen(16900)),
    }
    assert {name: facts[name] for name in expected} == expected


async def test_a_messages_ticket_is_the_newest_unsolved_one_that_the_customer_knows_of() -> None:
    facts, _ = await known(On.MESSAGE, "ticket.number")
    assert facts["ticket.number"] == TICKET.number


@dataclass
class Spied:
    """A condition that must not be judged."""

    text: str = "true"
    needs: frozenset[str] = frozenset()

    def judge(self, facts: Mapping[str, Value]) -> bool | None:
        raise AssertionError("judged although nothing touched its rule")

    def parts(self) -> tuple[Condition, ...]:
        return (self,)


def test_conditions_of_rules_that_are_not_touched_are_never_judged() -> None:
    spied = Spied()
    untouched = [
        Rule("a", (On.TICKET_OPENED,), (), when=spied),
        Rule("b", (On.MESSAGE,), (), words=("刷单",), when=spied),
        Rule("c", (On.MESSAGE,), (), only={"intent": frozenset({"urge_order"})}, when=spied),
        Rule("d", (On.MESSAGE,), (), words=("你好",), but_not=("你好吗",), when=spied),
    ]
    asked = rule("{id: e, on: message, when: message.length > 1, then: [{say: 好}]}")
    book = RuleBook([*untouched, asked])
    fits = book.fitting(On.MESSAGE, {"intent": ("complaint",)}, "你好吗")
    assert [each.rule.id for each in fits] == ["e"]


def test_what_a_rule_needs_is_what_its_condition_and_its_texts_name() -> None:
    (read,) = rules(
        """
        - id: a
          on: ticket_opened
          when: order.payment > 1 && "order.titles" != ticket.shop
          then: [{tell: {to: [owner], text: "{history}"}}]
        """
    ).rules
    assert read.needs == {"order.payment", "ticket.shop", "customer.risks"}
