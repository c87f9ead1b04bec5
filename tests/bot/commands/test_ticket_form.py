"""/ticket set and ask: agents fill the form of a ticket, or have the customer asked."""

from dataclasses import replace

import pytest

from bot.templates.files import house_templates
from desk.kernel.messages import phrase
from desk.templates.versions import EVERYWHERE, HOUSE, Stamp
from desk.tickets.model import TicketKind, TicketState
from tests.bot.commands.room import BOOK, Room
from tests.clocks import NOON
from tests.desk.work.house import DELAYED, cards, heard, keys, told
from tests.fakes.staff import AMEI, DAZHI

NUMBER = "T-20261121-0001"
INVOICE = replace(
    DELAYED,
    kind=TicketKind.INVOICE,
    fields={"type": "company", "title": "某某公司"},
)


@pytest.fixture
async def filled(room: Room) -> Room:
    """A room with the house's templates and one invoice that an agent has."""
    stamp = Stamp(HOUSE, NOON)
    for each in house_templates():
        kept = await room.house.books.templates.publish(each, stamp)
        version = kept.template.version
        await room.house.books.templates.put_in_force(each.id, version, EVERYWHERE, stamp)
    room.templates = room.house.books.templates
    await room.open(INVOICE)
    await room.carry_out("/工单 take 1", AMEI)
    return room


def _fields(room: Room) -> dict[str, object]:
    return dict(room.house.books.tickets.kept[NUMBER].fields)


async def test_the_answers_and_what_is_missing_are_shown(filled: Room) -> None:
    shown = await filled.hear("/工单 show 1", AMEI)
    assert "\n· 发票类型：企业\n· 发票抬头：某某公司\n还缺：税号、收票邮箱。" in shown


async def test_an_agent_fills_in_by_label_or_what_people_call_it(filled: Room) -> None:
    bodies = await filled.carry_out(
        "/工单 填 1 抬头=上海某某 公司 邮箱：a@b.com 发票号码=12345678", AMEI
    )
    assert _fields(filled) == {
        "type": "company",
        "title": "上海某某 公司",
        "email": "a@b.com",
        "invoice_no": "12345678",
    }
    assert keys(told(bodies, "amei")) == ("ticket.filled",)
    assert heard(bodies) == ()


async def test_the_owner_hears_what_a_colleague_has_filled_in(filled: Room) -> None:
    bodies = await filled.carry_out("/ticket set 1 税号=91310000ma1k4x5x5x", DAZHI)
    assert _fields(filled)["tax_number"] == "91310000MA1K4X5X5X"
    assert told(bodies, "amei") == (
        phrase(
            "ticket.owner_filled_by",
            number=NUMBER,
            told="税号：91310000MA1K4X5X5X",
            name="大志",
        ),
    )


async def test_one_wrong_value_and_nothing_is_changed(filled: Room) -> None:
    said = await filled.hear("/工单 填 1 邮箱=a@b.com 税号=9131", AMEI)
    assert "没有改动" in said
    assert "· 税号好像不太对：税号是 15 到 20 位的数字和大写字母。请核对一下。" in said
    assert "email" not in _fields(filled)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/工单 填 1", "填哪一项"),
        ("/工单 填 1 颜色=红", "没有叫“颜色”的字段"),
        ("/工单 填 1 发票=x", "“发票”可能是：发票类型、发票抬头、发票号码"),
        ("/工单 问 1", "还缺：税号、收票邮箱"),
        ("/工单 问 1 颜色", "没有叫“颜色”的字段"),
    ],
)
async def test_what_is_not_clear_is_said_with_the_way_out(
    filled: Room, line: str, says: str
) -> None:
    assert says in await filled.hear(line, AMEI)


async def test_a_ticket_without_a_form_says_so(room: Room) -> None:
    await room.open()
    assert "没有要填的表单" in await room.hear("/工单 填 1 抬头=x", AMEI)


async def test_the_customer_is_asked_and_the_ticket_waits_as_its_template_says(
    filled: Room,
) -> None:
    bodies = await filled.carry_out("/工单 问 1 税号", AMEI)
    assert "form.asked_by_staff" in keys(heard(bodies))
    ticket = filled.house.books.tickets.kept[NUMBER]
    assert ticket.state is TicketState.WAITING_CUSTOMER
    pending = filled.house.dialogue.pending
    assert pending is not None
    assert pending.expects == "form.tax_number"


async def test_a_colleague_who_asks_does_not_let_the_ticket_wait(filled: Room) -> None:
    await filled.carry_out("/工单 问 1 邮箱", DAZHI)
    assert filled.house.books.tickets.kept[NUMBER].state is TicketState.TAKEN
    pending = filled.house.dialogue.pending
    assert pending is not None
    assert pending.expects == "form.email"


async def test_who_takes_a_ticket_reads_its_answers_and_gaps_on_the_card(filled: Room) -> None:
    await filled.open(replace(INVOICE, order_no="E2"))
    bodies = await filled.carry_out("/工单 take 2", AMEI)
    ((_, card),) = cards(bodies)
    rows = [(BOOK.render(name, NOON), BOOK.render(value, NOON)) for name, value in card.rows]
    assert rows[-3:] == [
        ("发票类型", "企业"),
        ("发票抬头", "某某公司"),
        ("还缺", "税号、收票邮箱"),
    ]


async def test_a_card_holds_no_more_rows_than_it_may(filled: Room) -> None:
    told_all = {"email": "a@b.com", "tax_number": "91310000MA1K4X5X5X"}
    await filled.open(replace(INVOICE, order_no="E2", fields={**INVOICE.fields, **told_all}))
    bodies = await filled.carry_out("/工单 take 2", AMEI)
    ((_, card),) = cards(bodies)
    assert len(card.rows) == 6
    name, value = card.rows[-1]
    assert BOOK.render(name, NOON) == "还填了"
    assert BOOK.render(value, NOON) == "税号：91310000MA1K4X5X5X；收票邮箱：a@b.com"
