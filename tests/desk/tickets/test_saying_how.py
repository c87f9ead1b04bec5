"""Who finishes a ticket and says how it was solved has filled what the template asks for."""

from dataclasses import replace

import pytest

from desk.templates.model import Field, FieldType, FilledBy, Option, Step, Template, Transition
from desk.tickets.commands import FinishTicket, TakeTicket
from desk.tickets.model import TicketKind, TicketState
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
        f"ticket step {NUMBER} done",
        f"ticket step {NUMBER} no",
    ]
    assert house.books.tickets.kept[NUMBER].kind is TicketKind.RETURN
