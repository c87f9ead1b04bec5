"""Answers come to the form of a ticket that is open: kept once, told to its owner once."""

from dataclasses import replace

import pytest

from desk.conversations.commands import Ask
from desk.kernel.messages import Say, phrase
from desk.tickets.actors import CUSTOMER
from desk.tickets.commands import TakeTicket, WaitOnTicket
from desk.tickets.filling.commands import AskForField, SetFields
from tests.desk.work.house import DELAYED, House, heard, keys, told

NUMBER = "T-20261121-0001"
TITLE = SetFields(NUMBER, CUSTOMER, {"title": "某某公司"}, "发票抬头：某某公司")


@pytest.fixture
async def taken(house: House) -> House:
    """A house whose ticket somebody has."""
    await house.do(replace(DELAYED, fields={"type": "company"}))
    await house.staff_does(TakeTicket(NUMBER, "amei"))
    return house


async def test_an_answer_stands_beside_the_others_and_its_owner_hears_it_once(taken: House) -> None:
    bodies = await taken.do(TITLE)
    assert taken.books.tickets.kept[NUMBER].fields == {"type": "company", "title": "某某公司"}
    assert told(bodies, "amei") == (
        phrase(
            "ticket.owner_filled",
            number=NUMBER,
            told="发票抬头：某某公司",
            name=CUSTOMER,
        ),
    )
    assert heard(bodies) == ()
    again = await taken.do(TITLE)
    assert told(again, "amei") == ()
    history = await taken.books.tickets.history(NUMBER)
    assert [each.what for each in history].count("answered") == 1


async def test_words_that_are_no_answer_are_kept_for_the_owner(taken: House) -> None:
    bodies = await taken.do(SetFields(NUMBER, CUSTOMER, {}, "税号（原话）：在办"))
    assert keys(told(bodies, "amei")) == ("ticket.owner_filled",)
    history = await taken.books.tickets.history(NUMBER)
    assert history[-1].note == "税号（原话）：在办"


async def test_a_colleague_who_fills_in_hears_that_it_is_kept_and_the_owner_who_it_was(
    taken: House,
) -> None:
    bodies = await taken.staff_does(replace(TITLE, by="dazhi"))
    assert keys(told(bodies, "dazhi")) == ("ticket.filled",)
    assert keys(told(bodies, "amei")) == ("ticket.owner_filled_by",)
    again = await taken.staff_does(replace(TITLE, by="dazhi"))
    assert keys(told(again, "dazhi")) == ("ticket.filled.already",)


async def test_who_waits_for_the_customer_hears_the_answer_with_the_going_on_only(
    taken: House,
) -> None:
    await taken.staff_does(WaitOnTicket(NUMBER, "amei", "发票抬头是什么？"))
    assert told(await taken.do(TITLE), "amei") == ()


async def test_what_joins_a_ticket_brings_its_answers(taken: House) -> None:
    await taken.do(replace(DELAYED, summary="抬头是某某公司", fields={"title": "某某公司"}))
    assert taken.books.tickets.kept[NUMBER].fields == {"type": "company", "title": "某某公司"}


async def test_an_agent_has_the_customer_asked_and_the_next_words_are_the_answer(
    taken: House,
) -> None:
    ask = Ask("form", "form.title", slots={"form_kind": "logistics"})
    say = Say(phrase("form.question", question="抬头写什么呢？"))
    bodies = await taken.staff_does(AskForField(NUMBER, "amei", "发票抬头", say, ask))
    assert heard(bodies) == (say.phrase,)
    assert keys(told(bodies, "amei")) == ("ticket.asked_for",)
    pending = taken.dialogue.pending
    assert pending is not None
    assert (pending.intent, pending.expects) == ("form", "form.title")
