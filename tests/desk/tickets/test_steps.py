"""Tickets go the ways of their template, and stand where their state says."""

from dataclasses import replace

import pytest

from desk.assignment.commands import ReturnTicket
from desk.conversations.outgoing import Body
from desk.kernel.messages import Phrase
from desk.templates.model import Template
from desk.tickets.closing.commands import CloseTicket
from desk.tickets.commands import (
    FinishTicket,
    ReopenTicket,
    ResumeTicket,
    TakeTicket,
    WaitOnTicket,
)
from desk.tickets.model import FieldValue, Ticket, TicketState
from desk.tickets.steps.commands import StepTicket
from tests.desk.tickets.templates import ASKED, NUMBER, RETURN, publish
from tests.desk.work.house import House, cards, heard, keys, lines, told, updates


def ticket(house: House) -> Ticket:
    return house.books.tickets.kept[NUMBER]


def stands(house: House) -> tuple[str, TicketState]:
    return ticket(house).step, ticket(house).state


def history(house: House) -> list[tuple[str, str, str]]:
    return [(each.actor, each.what, each.note) for each in house.books.tickets.events][1:]


def why(said: tuple[Body, ...], userid: str) -> str:
    """Why somebody was refused a step."""
    blocked = told(said, userid)[0].params["why"]
    assert isinstance(blocked, Phrase)
    return blocked.key


@pytest.fixture
async def taken(house: House) -> House:
    await house.do(replace(ASKED, fields={"reason": "小了"}))
    await house.staff_does(TakeTicket(NUMBER, "dazhi"))
    return house


async def test_a_step_brings_the_ticket_into_its_state_and_the_customer_reads_of_it(
    taken: House,
) -> None:
    said = await taken.staff_does(StepTicket(NUMBER, "dazhi", "等顾客寄回"))
    assert stands(taken) == ("sending", TicketState.WAITING_CUSTOMER)
    (first,) = heard(said)
    assert (first.key, first.params["text"]) == ("ticket.step.told", f"可以退，单号 {NUMBER}。")
    assert history(taken)[1:] == [
        ("dazhi", "waiting_customer", ""),
        ("dazhi", "step", "待审核 → 等顾客寄回"),
    ]


@pytest.mark.parametrize("name", ["sending", "等顾客寄回", "同意退货", "寄回"])
async def test_a_step_is_called_by_id_by_name_by_its_way_or_by_a_part(
    taken: House, name: str
) -> None:
    await taken.staff_does(StepTicket(NUMBER, "dazhi", name))
    assert stands(taken)[0] == "sending"


async def test_moves_inside_one_state_end_and_begin_no_promise(taken: House) -> None:
    before = dict(taken.books.deadlines.kept)
    await taken.staff_does(StepTicket(NUMBER, "dazhi", "asking"))
    assert stands(taken) == ("asking", TicketState.TAKEN)
    assert taken.books.deadlines.kept == before
    assert history(taken)[-1] == ("dazhi", "step", "待审核 → 问清情况")


async def test_what_nobody_took_goes_on_as_what_nobody_took(house: House) -> None:
    await house.do(ASKED)
    await house.staff_does(StepTicket(NUMBER, "dazhi", "asking"))
    assert (ticket(house).owner, stands(house)) == ("", ("asking", TicketState.OPEN))


async def test_what_waits_inside_goes_on_waiting_inside_in_the_next_step(taken: House) -> None:
    await through(taken, "sending", "checking")
    said = await taken.staff_does(StepTicket(NUMBER, "dazhi", "refunding"))
    assert stands(taken) == ("refunding", TicketState.WAITING_INSIDE)
    assert heard(said) == ()


async def through(house: House, *steps: str) -> None:
    """Go these steps with all that they need."""
    fields: dict[str, FieldValue] = {"reason": "小了", "return_no": "SF1", "amount": 12900}
    house.books.tickets.kept[NUMBER] = replace(ticket(house), fields=fields)
    await house.staff_does(*(StepTicket(NUMBER, "dazhi", each) for each in steps))


async def test_the_last_step_solves_the_ticket(taken: House) -> None:
    await through(taken, "sending", "checking", "refunding")
    said = await taken.staff_does(StepTicket(NUMBER, "dazhi", "done"))
    assert stands(taken) == ("done", TicketState.SOLVED)
    assert keys(heard(said))[:2] == ("ticket.step.told", "ticket.solved")
    assert f"ticket-{NUMBER}-step-3" in [task for task, _ in updates(said)]


async def test_a_step_to_which_no_way_leads_is_refused_with_the_ways_there_are(
    taken: House,
) -> None:
    said = await taken.staff_does(StepTicket(NUMBER, "dazhi", "待退款"))
    assert why(said, "dazhi") == "step.blocked.no_way"
    assert len(lines(told(said, "dazhi")[0], "ways")) == 3
    assert stands(taken) == ("review", TicketState.TAKEN)


async def test_a_step_waits_for_what_has_to_be_filled(taken: House) -> None:
    await taken.staff_does(StepTicket(NUMBER, "dazhi", "sending"))
    said = await taken.staff_does(StepTicket(NUMBER, "dazhi", "checking"))
    assert why(said, "dazhi") == "step.blocked.lacking"
    (line,) = lines(told(said, "dazhi")[0], "ways")
    assert (line.key, line.params["lacking"]) == ("ticket.step.way_lacks", "退货单号")
    assert stands(taken)[0] == "sending"


async def test_a_step_above_somebody_is_refused_to_them_and_open_to_a_supervisor(
    taken: House,
) -> None:
    said = await taken.staff_does(StepTicket(NUMBER, "dazhi", "unfit"))
    assert why(said, "dazhi") == "step.blocked.role"
    await taken.staff_does(StepTicket(NUMBER, "fangjie", "unfit"))
    assert stands(taken) == ("unfit", TicketState.SOLVED)


async def test_who_does_not_have_it_does_not_move_it(taken: House) -> None:
    said = await taken.staff_does(StepTicket(NUMBER, "amei", "asking"))
    assert why(said, "amei") == "step.blocked.not_yours"
    assert stands(taken)[0] == "review"


async def test_a_ticket_without_steps_says_so() -> None:
    house = House()
    await house.do(ASKED)
    said = await house.staff_does(StepTicket(NUMBER, "dazhi", "done"))
    assert why(said, "dazhi") == "step.blocked.no_steps"


async def test_a_pause_by_hand_leaves_the_step_as_it_is(taken: House) -> None:
    said = await taken.staff_does(WaitOnTicket(NUMBER, "dazhi", "补张照片"))
    assert stands(taken) == ("review", TicketState.WAITING_CUSTOMER)
    assert keys(heard(said)) == ("ticket.asks",)
    await taken.do(ResumeTicket(NUMBER, "customer", "发了"))
    assert stands(taken) == ("review", TicketState.TAKEN)


async def test_a_customer_who_answers_wakes_the_owner_in_the_same_step(taken: House) -> None:
    await taken.staff_does(StepTicket(NUMBER, "dazhi", "sending"))
    await taken.do(ResumeTicket(NUMBER, "customer", "寄出了"))
    assert stands(taken) == ("sending", TicketState.TAKEN)


async def test_done_goes_the_only_free_way_that_solves(taken: House) -> None:
    await through(taken, "sending", "checking", "refunding")
    await taken.staff_does(FinishTicket(NUMBER, "dazhi"))
    assert stands(taken) == ("done", TicketState.SOLVED)


async def test_done_asks_for_what_is_lacking(taken: House) -> None:
    await through(taken, "sending", "checking", "refunding")
    taken.books.tickets.kept[NUMBER] = replace(ticket(taken), fields={"reason": "小了"})
    said = await taken.staff_does(FinishTicket(NUMBER, "dazhi"))
    assert why(said, "dazhi") == "step.blocked.lacking"
    assert stands(taken) == ("refunding", TicketState.WAITING_INSIDE)


async def test_done_from_a_step_that_no_way_leads_out_of_stands_in_the_first_end(
    taken: House,
) -> None:
    await taken.staff_does(StepTicket(NUMBER, "dazhi", "asking"))
    said = await taken.staff_does(FinishTicket(NUMBER, "dazhi"))
    assert stands(taken) == ("done", TicketState.SOLVED)
    assert "ticket.step.told" not in keys(heard(said))


async def test_reopening_goes_the_way_back_there_is(taken: House) -> None:
    await through(taken, "sending", "checking", "refunding", "done")
    await taken.do(ReopenTicket(NUMBER, "customer", "没收到钱"))
    assert stands(taken) == ("refunding", TicketState.TAKEN)


async def test_reopening_by_no_way_stands_in_the_step_before_the_end(taken: House) -> None:
    await taken.staff_does(StepTicket(NUMBER, "fangjie", "unfit"))
    await taken.do(ReopenTicket(NUMBER, "customer", "凭什么"))
    assert stands(taken) == ("review", TicketState.TAKEN)


async def test_a_step_back_opens_a_solved_ticket_again(taken: House) -> None:
    await through(taken, "sending", "checking", "refunding", "done")
    said = await taken.staff_does(StepTicket(NUMBER, "dazhi", "refunding"))
    assert stands(taken) == ("refunding", TicketState.TAKEN)
    assert "ticket.reopened.owned" in keys(heard(said))


async def test_a_closed_ticket_goes_nowhere(taken: House) -> None:
    await taken.staff_does(CloseTicket(NUMBER, "fangjie", "重复"))
    assert stands(taken) == ("put_away", TicketState.CLOSED)
    said = await taken.staff_does(StepTicket(NUMBER, "fangjie", "review"))
    assert why(said, "fangjie") == "step.blocked.ended"


async def test_the_owner_goes_on_with_a_card_of_the_next_steps(taken: House) -> None:
    said = await taken.staff_does(StepTicket(NUMBER, "dazhi", "sending"))
    ((to, card),) = cards(said)
    assert to == ("dazhi",)
    assert card.task == f"ticket-{NUMBER}-step-1"
    assert [each.key for each in card.buttons] == [
        f"ticket step {NUMBER} checking",
        f"ticket done {NUMBER}",
        f"ticket note {NUMBER}",
        f"ticket give {NUMBER}",
        f"ticket talk {NUMBER}",
    ]
    assert [task for task, _ in updates(said)] == [f"ticket-{NUMBER}-owner-dazhi"]


async def test_more_ways_than_there_is_room_for_are_behind_one_button(house: House) -> None:
    await house.do(replace(ASKED, fields={"reason": "小了"}))
    said = await house.staff_does(TakeTicket(NUMBER, "dazhi"))
    card = next(each for to, each in cards(said) if to == ("dazhi",))
    assert [each.key.split()[1] for each in card.buttons] == [
        *("step", "step"),
        *("done", "note", "give", "talk"),
    ]


async def test_watchers_hear_of_a_step_and_who_moves_it_does_not_hear_twice(
    taken: House,
) -> None:
    said = await taken.staff_does(StepTicket(NUMBER, "fangjie", "asking"))
    assert keys(told(said, "xiaolu")) == ("ticket.step.news",)
    assert keys(told(said, "fangjie")) == ("ticket.step.news",)


async def test_a_ticket_follows_the_version_that_it_began_with(taken: House) -> None:
    await publish(taken, replace(RETURN, transitions=()))
    await taken.staff_does(StepTicket(NUMBER, "dazhi", "sending"))
    assert stands(taken)[0] == "sending"


async def test_a_ticket_whose_template_is_gone_is_worked_on_as_any_other(taken: House) -> None:
    taken.books.templates.kept.clear()
    await taken.staff_does(WaitOnTicket(NUMBER, "dazhi"), ResumeTicket(NUMBER, "dazhi"))
    await taken.staff_does(FinishTicket(NUMBER, "dazhi"))
    assert stands(taken) == ("review", TicketState.SOLVED)


async def test_a_step_that_nobody_knows_any_more_leads_on_from_the_beginning(
    taken: House,
) -> None:
    taken.books.tickets.kept[NUMBER] = replace(ticket(taken), step="long_gone")
    await taken.staff_does(StepTicket(NUMBER, "dazhi", "sending"))
    assert stands(taken) == ("sending", TicketState.WAITING_CUSTOMER)
    assert history(taken)[-1] == ("dazhi", "step", "long_gone → 等顾客寄回")


async def test_who_gives_a_ticket_back_leaves_it_in_its_step(taken: House) -> None:
    await taken.staff_does(StepTicket(NUMBER, "dazhi", "asking"))
    said = await taken.staff_does(ReturnTicket(NUMBER, "dazhi", "忙"))
    assert stands(taken)[0] == "asking"
    assert f"ticket-{NUMBER}-step-1" in [task for task, _ in updates(said)]


async def test_who_has_it_next_goes_on_from_there(taken: House) -> None:
    await taken.staff_does(StepTicket(NUMBER, "dazhi", "asking"))
    await taken.staff_does(ReturnTicket(NUMBER, "dazhi", "忙"))
    said = await taken.staff_does(TakeTicket(NUMBER, "amei"))
    card = next(each for to, each in cards(said) if to == ("amei",))
    assert card.buttons[0].key == f"ticket step {NUMBER} review"
    said = await taken.staff_does(StepTicket(NUMBER, "amei", "review"))
    closed = [task for task, _ in updates(said)]
    assert card.task in closed
    assert f"ticket-{NUMBER}-step-1" in closed


def test_a_template_for_tests_has_every_sort_of_step() -> None:
    template: Template = RETURN
    assert {each.state for each in template.steps} == set(TicketState) - {TicketState.TAKEN}


async def test_a_step_that_waits_is_told_to_who_went_there_once(taken: House) -> None:
    said = await taken.staff_does(StepTicket(NUMBER, "dazhi", "sending"))
    assert keys(told(said, "dazhi")) == ()
    assert len(cards(said)) == 1
