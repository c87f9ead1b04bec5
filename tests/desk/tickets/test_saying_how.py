"""Who finishes a ticket and says how it was solved has filled what the template asks for."""

from dataclasses import replace

import pytest

from desk.kernel.messages import phrase
from desk.templates.model import Field, FieldType, FilledBy, Option, Step, Template, Transition
from desk.tickets.commands import FinishTicket, TakeTicket
from desk.tickets.model import TicketKind, TicketState
from desk.tickets.steps.commands import StepTicket
from tests.desk.tickets.templates import ASKED, NUMBER, RETURN, publish
from tests.desk.work.house import House, cards, heard, told

TEXT = Field("reply", "怎么答的", FieldType.TEXT, filled_by=FilledBy.STAFF, most=20)
CHOICE = Field(
    "outcome",
    "结果",
    FieldType.CHOICE,
    filled_by=FilledBy.STAFF,
    options=(Option("resent", "已补发"), Option("refunded", "已退款")),
)


def template(*fields: Field) -> Template:
    """One step, one way to the end that waits for these fields."""
    return replace(
        RETURN,
        fields=fields,
        steps=(Step("todo", "待处理", TicketState.OPEN), Step("done", "好了", TicketState.SOLVED)),
        transitions=(
            Transition("todo", "done", "办好了", needs=tuple(each.id for each in fields)),
        ),
    )


async def taken(*fields: Field) -> House:
    house = House()
    await publish(house, template(*fields))
    await house.do(ASKED)
    await house.staff_does(TakeTicket(NUMBER, "dazhi"))
    return house


async def test_words_fill_the_text_that_is_missing_and_reach_the_customer() -> None:
    house = await taken(TEXT)
    said = await house.staff_does(FinishTicket(NUMBER, "dazhi", "换了新的"))
    ticket = house.books.tickets.kept[NUMBER]
    assert (ticket.state, dict(ticket.fields)) == (TicketState.SOLVED, {"reply": "换了新的"})
    assert heard(said)[0].key == "ticket.solved_so"
    assert ("filled", "怎么答的：换了新的") in [
        (each.what, each.note) for each in house.books.tickets.events
    ]


async def test_an_option_fills_the_choice_and_is_no_sentence_for_the_customer() -> None:
    house = await taken(CHOICE)
    said = await house.staff_does(FinishTicket(NUMBER, "dazhi", "已补发"))
    ticket = house.books.tickets.kept[NUMBER]
    assert (ticket.state, dict(ticket.fields)) == (TicketState.SOLVED, {"outcome": "resent"})
    assert heard(said)[0].key == "ticket.solved"


async def test_after_the_option_stands_what_the_customer_reads() -> None:
    house = await taken(CHOICE)
    said = await house.staff_does(FinishTicket(NUMBER, "dazhi", "今天送到了"))
    ((_, card),) = cards(said)
    assert card.buttons[0].key == f"ticket done {NUMBER} 已补发 今天送到了"
    said = await house.staff_does(FinishTicket(NUMBER, "dazhi", "已补发 今天送到了"))
    assert heard(said)[0].params["note"] == "今天送到了"


async def test_a_tap_on_done_offers_the_options_as_buttons() -> None:
    house = await taken(CHOICE)
    said = await house.staff_does(FinishTicket(NUMBER, "dazhi"))
    ((to, card),) = cards(said)
    assert to == ("dazhi",)
    assert [each.key for each in card.buttons] == [
        f"ticket done {NUMBER} 已补发",
        f"ticket done {NUMBER} 已退款",
    ]
    again = await house.staff_does(FinishTicket(NUMBER, "dazhi"))
    assert cards(again)[0][1].task != card.task


async def test_a_tap_on_done_asks_for_the_words_that_are_missing() -> None:
    house = await taken(TEXT)
    said = await house.staff_does(FinishTicket(NUMBER, "dazhi"))
    (refused,) = told(said, "dazhi")
    ways = refused.params["ways"]
    assert isinstance(ways, tuple)
    assert [each.key for each in ways] == ["ticket.step.way_says"]


@pytest.mark.parametrize(
    ("fields", "note"),
    [((CHOICE,), "今天送到了"), ((TEXT,), "很" * 21), ((TEXT, CHOICE), "已补发")],
)
async def test_words_that_answer_nothing_finish_nothing(
    fields: tuple[Field, ...], note: str
) -> None:
    house = await taken(*fields)
    await house.staff_does(FinishTicket(NUMBER, "dazhi", note))
    ticket = house.books.tickets.kept[NUMBER]
    assert (ticket.state, dict(ticket.fields)) == (TicketState.TAKEN, {})


async def test_between_several_ends_the_open_ones_are_buttons() -> None:
    house = House()
    both = template()
    steps = (*both.steps, Step("no", "不办了", TicketState.SOLVED))
    ways = (*both.transitions, Transition("todo", "no", "不用办"))
    await publish(house, replace(both, steps=steps, transitions=ways))
    await house.do(ASKED)
    await house.staff_does(TakeTicket(NUMBER, "dazhi"))
    ((_, card),) = cards(await house.staff_does(FinishTicket(NUMBER, "dazhi")))
    assert [each.key for each in card.buttons] == [
        f"ticket done {NUMBER} 办好了",
        f"ticket done {NUMBER} 不用办",
    ]
    assert house.books.tickets.kept[NUMBER].kind is TicketKind.RETURN


CALLED_OFF = Step("off", "已取消", TicketState.SOLVED, "预约取消了。")
TO_CALL_OFF = Transition("todo", "off", "顾客取消")


async def booking() -> House:
    """From its first step only 已取消 can be gone to; what is meant by 完成 is two steps away."""
    house = House()
    one = template()
    booked = Step("booked", "已约好", TicketState.WAITING_CUSTOMER)
    steps = (one.steps[0], booked, one.steps[1], CALLED_OFF)
    ways = (
        Transition("todo", "booked", "约好了"),
        TO_CALL_OFF,
        Transition("booked", "done", "来过了"),
    )
    await publish(house, replace(one, steps=steps, transitions=ways))
    await house.do(ASKED)
    await house.staff_does(TakeTicket(NUMBER, "dazhi"))
    return house


async def test_done_never_goes_to_another_end_by_itself() -> None:
    house = await booking()
    said = await house.staff_does(FinishTicket(NUMBER, "dazhi", "约好周六下午"))
    ((_, card),) = cards(said)
    assert [each.key for each in card.buttons] == [
        f"ticket done {NUMBER} 好了 约好周六下午",
        f"ticket done {NUMBER} 顾客取消 约好周六下午",
    ]
    assert house.books.tickets.kept[NUMBER].state is TicketState.TAKEN
    said = await house.staff_does(FinishTicket(NUMBER, "dazhi", "好了 约好周六下午"))
    assert house.books.tickets.kept[NUMBER].step == "done"
    assert "ticket.step.told" not in [each.key for each in heard(said)]
    assert heard(said)[0].params["note"] == "约好周六下午"


async def test_the_other_end_is_gone_to_when_it_is_named() -> None:
    house = await booking()
    said = await house.staff_does(FinishTicket(NUMBER, "dazhi", "顾客取消"))
    assert house.books.tickets.kept[NUMBER].step == "off"
    assert heard(said)[0].params["text"] == "预约取消了。"


async def test_what_another_end_waits_for_is_not_filled_by_how_it_was_solved() -> None:
    house = House()
    one = template(TEXT)
    steps = (*one.steps, Step("declined", "不能办", TicketState.SOLVED))
    ways = (Transition("todo", "declined", "不能办", needs=("reply",)),)
    await publish(house, replace(one, steps=steps, transitions=ways))
    await house.do(ASKED)
    await house.staff_does(FinishTicket(NUMBER, "dazhi", "开好了"))
    ticket = house.books.tickets.kept[NUMBER]
    assert (ticket.step, dict(ticket.fields)) == ("done", {})


async def test_a_sentence_holds_the_option_and_reaches_the_customer_whole() -> None:
    house = await taken(CHOICE)
    said = await house.staff_does(FinishTicket(NUMBER, "dazhi", "今天补发了新的"))
    ticket = house.books.tickets.kept[NUMBER]
    assert dict(ticket.fields) == {"outcome": "resent"}
    assert heard(said)[0].params["note"] == "今天补发了新的"
    assert told(said, "dazhi")[-1].params["how"] == phrase(
        "ticket.done.filled", told="结果：已补发"
    )


@pytest.mark.parametrize("note", ["没有补发", "退款还是补发都行"])
async def test_a_sentence_that_denies_or_leaves_it_open_chooses_nothing(note: str) -> None:
    house = await taken(CHOICE)
    await house.staff_does(FinishTicket(NUMBER, "dazhi", note))
    assert house.books.tickets.kept[NUMBER].state is TicketState.TAKEN


async def test_who_stands_above_finishes_without_what_is_missing_and_is_told_so() -> None:
    house = await taken(TEXT, CHOICE)
    said = await house.staff_does(FinishTicket(NUMBER, "fangjie", "电话里说好了"))
    ticket = house.books.tickets.kept[NUMBER]
    assert (ticket.step, dict(ticket.fields)) == ("done", {})
    how = told(said, "fangjie")[-1].params["how"]
    assert how == phrase("ticket.done.unfilled", fields="怎么答的、结果", number=NUMBER)


async def test_words_that_do_not_fit_onto_a_button_are_asked_for_in_writing() -> None:
    house = await taken(CHOICE)
    said = await house.staff_does(FinishTicket(NUMBER, "dazhi", "很" * 400))
    assert cards(said) == ()
    assert told(said, "dazhi")[0].key == "ticket.step.refused"


async def test_a_pressed_way_that_waits_for_a_choice_offers_it() -> None:
    house = await taken(CHOICE)
    ((_, card),) = cards(await house.staff_does(StepTicket(NUMBER, "dazhi", "done")))
    assert [each.key for each in card.buttons] == [
        f"ticket step {NUMBER} done outcome=已补发",
        f"ticket step {NUMBER} done outcome=已退款",
    ]
