"""A ticket is put before one at a time, until somebody takes it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desk.assignment.commands import (
    DismissStaff,
    GiveTicket,
    LapseOffer,
    ReturnTicket,
    SetPresence,
    SwitchSurge,
)
from desk.assignment.model import Cause, Exclusion, Presence, Seen
from desk.assignment.offers import OfferState
from desk.conversations.outgoing import Body
from desk.kernel.messages import phrase
from desk.tickets.commands import FinishTicket, TakeTicket
from desk.tickets.model import Priority, TicketKind, TicketState
from tests.clocks import NOON
from tests.desk.work.house import DELAYED, LELE, MIMI, House, cards, heard, keys, told, updates

NUMBER = "T-20261121-0001"
RETURN = replace(DELAYED, kind=TicketKind.RETURN, priority=Priority.NORMAL, skill="")
COMPLAINT = replace(DELAYED, kind=TicketKind.COMPLAINT, skill="")


@pytest.fixture
def house() -> House:
    return House()


async def later(house: House, minutes: int) -> tuple[Body, ...]:
    """Turn the clock and settle everything that is due, as the ticker does."""
    house.clock.turn(timedelta(minutes=minutes))
    bodies: tuple[Body, ...] = ()
    while due := await house.books.assignments.claim_due(house.clock.now()):
        bodies += await house.staff_does(LapseOffer(due))
    return bodies


def asked(house: House) -> list[str]:
    """Who is asked now."""
    return [each.userid for each in house.books.assignments.open_now()]


async def test_a_complaint_is_put_before_the_supervisor(house: House) -> None:
    ((to, _),) = cards(await house.do(COMPLAINT))
    assert to == ("fangjie",)


async def test_an_emergency_reaches_everybody_at_once(house: House) -> None:
    ((to, _),) = cards(await house.do(replace(COMPLAINT, kind=TicketKind.EMERGENCY)))
    assert to == ("fangjie", "manyun", "amei", "xiaolu", "dazhi")


async def test_an_emergency_with_every_supervisor_away_reaches_everybody_too(
    house: House,
) -> None:
    await house.staff_does(SetPresence("fangjie", Presence.AWAY, "fangjie"))
    ((to, _),) = cards(await house.do(replace(COMPLAINT, kind=TicketKind.EMERGENCY)))
    assert to == ("fangjie", "manyun", "amei", "xiaolu", "dazhi")


async def test_who_lets_it_pass_is_followed_by_the_next_best_and_the_trail_is_kept(
    house: House,
) -> None:
    await house.do(RETURN)
    assert asked(house) == ["amei"]
    assert await later(house, 29) == ()
    bodies = await later(house, 1)
    ((to, card),) = cards(bodies)
    assert (to, card.task) == (("dazhi",), f"ticket-{NUMBER}-offer-2")
    assert updates(bodies) == (
        (f"ticket-{NUMBER}-offer-1", phrase("assign.ended.timed_out", name="")),
    )
    assert heard(bodies) == ()
    assert [(each.actor, each.what) for each in house.books.tickets.events] == [
        ("bot", "opened"),
        ("amei", "offer_timed_out"),
    ]
    kept = house.books.assignments.kept
    assert [(each.cause, each.decision.winner) for each in kept] == [
        (Cause.OPENED, "amei"),
        (Cause.TIMED_OUT, "dazhi"),
    ]
    judged = {each.userid: each.excluded for each in kept[1].decision.judged}
    assert judged["amei"] is Exclusion.GAVE_BACK


async def test_what_hurries_more_than_before_has_to_be_accepted_sooner(house: House) -> None:
    await house.do(RETURN)
    house.clock.turn(timedelta(minutes=5))
    await house.do(replace(RETURN, priority=Priority.URGENT))
    (offer,) = house.books.assignments.open_now()
    assert (offer.userid, offer.due_at) == ("amei", NOON + timedelta(minutes=15))


async def test_in_the_night_nobody_has_to_answer_before_the_morning(house: House) -> None:
    house.clock.turn(timedelta(hours=11))
    await house.do(RETURN)
    (offer,) = house.books.assignments.open_now()
    assert offer.due_at == datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


async def test_nobody_left_is_loud_and_the_customer_is_not_told_twice(house: House) -> None:
    await house.do(DELAYED)
    bodies = await later(house, 10)
    ((to, card),) = cards(bodies)
    assert to == ("fangjie", "manyun")
    assert card.subtitle.key == "assign.card.nobody"
    assert heard(bodies) == ()
    assert asked(house) == [""]


async def test_with_nobody_there_the_customer_hears_when_somebody_will_look(house: House) -> None:
    await house.staff_does(SetPresence("amei", Presence.AWAY, "amei"))
    by_day = await house.do(DELAYED)
    assert keys(heard(by_day)) == ("ticket.opened", "assign.customer.busy")
    house.clock.turn(timedelta(hours=11))
    by_night = await house.do(replace(DELAYED, order_no="E2"))
    opens = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    assert heard(by_night)[1] == phrase("assign.customer.opens", at=opens)


async def test_what_waits_is_offered_when_somebody_comes_on_duty(house: House) -> None:
    await house.staff_does(SetPresence("amei", Presence.AWAY, "amei"))
    await house.do(DELAYED)
    assert await later(house, 5) == ()
    assert asked(house) == [""]
    bodies = await house.staff_does(SetPresence("amei", Presence.ON_DUTY, "amei"))
    assert keys(told(bodies, "amei")) == ("presence.now.on_duty",)
    bodies = await later(house, 0)
    assert asked(house) == ["amei"]
    assert [task for task, _ in updates(bodies)] == [f"ticket-{NUMBER}-offer-1"]


async def test_three_in_a_row_set_busy_and_pass_on_the_rest_with_a_word(house: House) -> None:
    house.books.assignments.known["amei"] = Seen(served=3)
    for number in range(4):
        await house.do(replace(RETURN, order_no=f"E{number}"))
        house.clock.turn(timedelta(minutes=1))
    assert asked(house) == ["amei"] * 4
    bodies = await later(house, 28)
    assert await house.books.presence.presence("amei") is Presence.BUSY
    assert keys(told(bodies, "amei")) == ("assign.struck",)
    assert keys(told(bodies, "fangjie")) == keys(told(bodies, "manyun")) == ("assign.struck_told",)
    assert asked(house) == ["dazhi"] * 4
    states = [each.state for each in house.books.assignments.offers if each.userid == "amei"]
    assert states == [OfferState.TIMED_OUT] * 3 + [OfferState.WITHDRAWN]


async def test_one_taken_in_between_begins_the_count_anew(house: House) -> None:
    house.books.assignments.known["amei"] = Seen(served=3)
    for number in range(5):
        await house.do(replace(RETURN, order_no=f"E{number}"))
        if number == 2:
            await house.staff_does(TakeTicket("T-20261121-0003", "amei"))
            continue
        await later(house, 30)
    assert await house.books.presence.presence("amei") is Presence.ON_DUTY


async def test_who_gives_it_back_is_not_asked_again_and_the_reason_is_kept(house: House) -> None:
    await house.do(RETURN)
    bodies = await house.staff_does(ReturnTicket(NUMBER, "amei", "不懂这款"))
    assert keys(told(bodies, "amei")) == ("assign.returned",)
    assert asked(house) == ["dazhi"]
    event = house.books.tickets.events[-1]
    assert (event.actor, event.what, event.note) == ("amei", "returned", "不懂这款")


async def test_what_was_taken_can_be_given_back_too(house: House) -> None:
    await house.do(RETURN)
    await house.staff_does(TakeTicket(NUMBER, "amei"))
    await house.staff_does(ReturnTicket(NUMBER, "amei", ""))
    ticket = house.books.tickets.kept[NUMBER]
    assert (ticket.state, ticket.owner) == (TicketState.OPEN, "")
    assert asked(house) == ["dazhi"]


async def test_nobody_gives_away_what_others_have(house: House) -> None:
    await house.do(RETURN)
    await house.staff_does(TakeTicket(NUMBER, "amei"))
    for command in (ReturnTicket(NUMBER, "dazhi", ""), GiveTicket(NUMBER, "xiaolu", "dazhi")):
        bodies = await house.staff_does(command)
        assert told(bodies, "dazhi") == (phrase("assign.not_yours", number=NUMBER, name="阿美"),)
    assert house.books.tickets.kept[NUMBER].owner == "amei"


async def test_a_supervisor_gives_it_to_somebody_who_has_to_accept(house: House) -> None:
    await house.do(RETURN)
    await house.staff_does(TakeTicket(NUMBER, "amei"))
    bodies = await house.staff_does(GiveTicket(NUMBER, "xiaolu", "fangjie"))
    ((to, card),) = cards(bodies)
    assert to == ("xiaolu",)
    assert card.subtitle.params["given"] == phrase("assign.card.given", name="方姐")
    assert keys(told(bodies, "fangjie")) == ("assign.given",)
    await house.staff_does(TakeTicket(NUMBER, "xiaolu"))
    assert house.books.tickets.kept[NUMBER].owner == "xiaolu"


async def test_nobody_is_given_anything_while_they_are_away(house: House) -> None:
    await house.do(RETURN)
    await house.staff_does(SetPresence("xiaolu", Presence.AWAY, "xiaolu"))
    bodies = await house.staff_does(GiveTicket(NUMBER, "xiaolu", "fangjie"))
    assert keys(told(bodies, "fangjie")) == ("assign.not_there",)
    assert asked(house) == ["amei"]


async def test_who_goes_home_passes_on_what_they_were_asked_and_keeps_what_they_took(
    house: House,
) -> None:
    house.books.assignments.known["amei"] = Seen(served=3)
    await house.do(RETURN)
    await house.staff_does(TakeTicket(NUMBER, "amei"))
    await house.do(replace(RETURN, order_no="E2"))
    bodies = await house.staff_does(SetPresence("amei", Presence.AWAY, "amei"))
    (said,) = told(bodies, "amei")
    assert said.params["held"] == phrase("presence.held", count=1)
    assert said.params["passed"] == phrase("presence.passed_on", count=1)
    assert asked(house) == ["dazhi"]


async def test_who_leaves_hands_over_all_of_it(house: House) -> None:
    house.books.assignments.known["amei"] = Seen(served=3)
    for number in range(3):
        await house.do(replace(RETURN, order_no=f"E{number}"))
    await house.staff_does(TakeTicket(NUMBER, "amei"))
    bodies = await house.staff_does(DismissStaff("amei", "manyun"))
    assert told(bodies, "manyun") == (phrase("assign.dismissed", name="阿美", count=3),)
    assert asked(house) == ["dazhi"] * 3
    bodies = await house.staff_does(SetPresence("amei", Presence.ON_DUTY, "amei"))
    assert keys(told(bodies, "amei")) == ("presence.now.left",)
    assert await house.books.presence.presence("amei") is Presence.LEFT


async def test_who_left_takes_nothing_by_an_old_card(house: House) -> None:
    await house.do(DELAYED)
    await house.staff_does(DismissStaff("amei", "manyun"))
    bodies = await house.staff_does(TakeTicket(NUMBER, "amei"))
    assert keys(told(bodies, "amei")) == ("ticket.take.left",)
    assert house.books.tickets.kept[NUMBER].owner == ""


async def test_in_a_surge_returns_go_first_and_others_hear_that_they_queue(house: House) -> None:
    bodies = await house.staff_does(SwitchSurge("manyun", on=True))
    assert keys(told(bodies, "dazhi")) == ("surge.on",)
    for number in range(15):
        await house.do(replace(RETURN, order_no=f"R{number}", customer=LELE.id))
        house.books.assignments.known["amei"] = Seen(served=3)
    await house.staff_does(SetPresence("dazhi", Presence.AWAY, "dazhi"))
    queued = await house.do(replace(DELAYED, priority=Priority.NORMAL))
    assert keys(heard(queued)) == ("ticket.opened", "assign.customer.queued")
    assert cards(queued) == ()
    returned = await house.do(replace(RETURN, order_no="R99", customer=MIMI.id))
    assert [to for to, _ in cards(returned)] == [("amei",)]
    await house.staff_does(SwitchSurge("manyun", on=False))
    assert [to for to, _ in cards(await later(house, 0))] == [("amei",)]


async def test_taken_or_solved_by_somebody_else_it_is_put_before_nobody(house: House) -> None:
    await house.do(RETURN)
    await house.staff_does(TakeTicket(NUMBER, "dazhi"))
    await house.do(replace(RETURN, order_no="E2"))
    await house.staff_does(FinishTicket("T-20261121-0002", "dazhi"))
    assert asked(house) == []
    states = [each.state for each in house.books.assignments.offers]
    assert states == [OfferState.WITHDRAWN, OfferState.WITHDRAWN]
    assert await later(house, 60) == ()


async def test_the_same_turn_settled_twice_asks_once(house: House) -> None:
    await house.do(RETURN)
    house.turns -= 1
    assert await house.do(RETURN) == ()
    assert asked(house) == ["amei"]
