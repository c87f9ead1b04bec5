"""A ticket is taken by one, finished by those who may, and everybody concerned hears of it."""

from dataclasses import replace

from desk.assignment.commands import ReturnTicket
from desk.kernel.messages import phrase
from desk.tickets.commands import FinishTicket, NoteOnTicket, TakeTicket
from desk.tickets.model import TicketState
from tests.desk.work.house import DELAYED, House, cards, heard, keys, told, updates

NUMBER = "T-20261121-0001"


async def test_taking_tells_the_customer_closes_the_card_and_hands_the_owner_one(
    house: House,
) -> None:
    await house.do(DELAYED)
    bodies = await house.staff_does(TakeTicket(NUMBER, "amei"))
    assert heard(bodies) == (phrase("ticket.taken", number=NUMBER, name="阿美"),)
    assert updates(bodies) == (
        (f"ticket-{NUMBER}-offer-1", phrase("assign.ended.taken", name="阿美")),
    )
    ((to, card),) = cards(bodies)
    assert to == ("amei",)
    assert card.task == f"ticket-{NUMBER}-owner-amei"
    assert [button.key for button in card.buttons] == [
        f"ticket done {NUMBER}",
        f"ticket note {NUMBER}",
        f"ticket give {NUMBER}",
        f"ticket talk {NUMBER}",
    ]
    ticket = house.books.tickets.kept[NUMBER]
    assert (ticket.state, ticket.owner) == (TicketState.TAKEN, "amei")


async def test_who_takes_it_reads_first_what_the_customer_added_last(house: House) -> None:
    await house.do(DELAYED)
    await house.do(replace(DELAYED, summary="改了主意，不用催了"))
    bodies = await house.staff_does(TakeTicket(NUMBER, "amei"))
    ((_, card),) = cards(bodies)
    added = card.subtitle.params["added"]
    assert added == phrase("ticket.card.added", note="改了主意，不用催了")


async def test_who_takes_it_again_gets_a_card_of_another_name_and_that_one_is_closed(
    house: House,
) -> None:
    await house.do(DELAYED)
    await house.staff_does(TakeTicket(NUMBER, "amei"))
    await house.staff_does(ReturnTicket(NUMBER, "amei", "手上太满"))
    bodies = await house.staff_does(TakeTicket(NUMBER, "amei"))
    ((_, card),) = cards(bodies)
    assert card.task == f"ticket-{NUMBER}-owner2-amei"
    bodies = await house.staff_does(FinishTicket(NUMBER, "amei"))
    assert [task for task, _ in updates(bodies)] == [card.task]


async def test_a_second_click_is_told_who_was_first(house: House) -> None:
    await house.do(DELAYED)
    await house.staff_does(TakeTicket(NUMBER, "amei"))
    bodies = await house.staff_does(TakeTicket(NUMBER, "dazhi"))
    assert told(bodies, "dazhi") == (phrase("ticket.take.first", number=NUMBER, name="阿美"),)
    assert heard(bodies) == ()
    assert house.books.tickets.kept[NUMBER].owner == "amei"


async def test_the_owner_who_clicks_again_is_told_it_is_theirs(house: House) -> None:
    await house.do(DELAYED)
    await house.staff_does(TakeTicket(NUMBER, "amei"))
    bodies = await house.staff_does(TakeTicket(NUMBER, "amei"))
    assert keys(told(bodies, "amei")) == ("ticket.take.yours",)


async def test_a_solved_ticket_cannot_be_taken(house: House) -> None:
    await house.do(DELAYED)
    await house.staff_does(FinishTicket(NUMBER, "amei"))
    bodies = await house.staff_does(TakeTicket(NUMBER, "dazhi"))
    assert told(bodies, "dazhi") == (phrase("ticket.take.solved", number=NUMBER, name="阿美"),)


async def test_the_owner_finishes_and_the_customer_is_asked_to_object(house: House) -> None:
    await house.do(DELAYED)
    await house.staff_does(TakeTicket(NUMBER, "amei"))
    bodies = await house.staff_does(FinishTicket(NUMBER, "amei", "已催派送"))
    kind = phrase("ticket.kind.logistics")
    assert heard(bodies) == (
        phrase("ticket.solved_so", number=NUMBER, kind=kind, note="已催派送"),
        phrase("rating.ask_ticket"),
    )
    assert updates(bodies) == (
        (f"ticket-{NUMBER}-owner-amei", phrase("ticket.card.done_by", name="阿美")),
    )
    (done,) = told(bodies, "amei")
    assert (done.key, done.params["nickname"], done.params["kind"]) == (
        "ticket.done",
        "咪咪妈",
        kind,
    )
    assert house.books.tickets.events[-1].note == "已催派送"


async def test_finishing_a_ticket_nobody_took_takes_it_too(house: House) -> None:
    await house.do(DELAYED)
    bodies = await house.staff_does(FinishTicket(NUMBER, "amei"))
    ticket = house.books.tickets.kept[NUMBER]
    assert (ticket.state, ticket.owner) == (TicketState.SOLVED, "amei")
    assert updates(bodies) == (
        (f"ticket-{NUMBER}-offer-1", phrase("assign.ended.done", name="阿美")),
    )


async def test_another_agent_may_not_finish_it(house: House) -> None:
    await house.do(DELAYED)
    await house.staff_does(TakeTicket(NUMBER, "amei"))
    bodies = await house.staff_does(FinishTicket(NUMBER, "dazhi"))
    assert told(bodies, "dazhi") == (phrase("ticket.done.not_yours", number=NUMBER, name="阿美"),)
    assert house.books.tickets.kept[NUMBER].state is TicketState.TAKEN


async def test_a_supervisor_may_finish_it_and_the_owner_hears(house: House) -> None:
    await house.do(DELAYED)
    await house.staff_does(TakeTicket(NUMBER, "amei"))
    bodies = await house.staff_does(FinishTicket(NUMBER, "fangjie"))
    ticket = house.books.tickets.kept[NUMBER]
    assert (ticket.state, ticket.owner) == (TicketState.SOLVED, "amei")
    assert told(bodies, "amei") == (phrase("ticket.owner_done", number=NUMBER, name="方姐"),)
    assert keys(told(bodies, "fangjie")) == ("ticket.done",)


async def test_it_is_finished_once(house: House) -> None:
    await house.do(DELAYED)
    await house.staff_does(FinishTicket(NUMBER, "amei"))
    bodies = await house.staff_does(FinishTicket(NUMBER, "fangjie"))
    assert told(bodies, "fangjie") == (phrase("ticket.done.already", number=NUMBER, name="阿美"),)
    assert heard(bodies) == ()


async def test_a_note_reaches_the_owner(house: House) -> None:
    await house.do(DELAYED)
    await house.staff_does(TakeTicket(NUMBER, "amei"))
    bodies = await house.staff_does(NoteOnTicket(NUMBER, "fangjie", "先补发一双"))
    assert told(bodies, "fangjie") == (phrase("ticket.noted", number=NUMBER),)
    assert told(bodies, "amei") == (
        phrase("ticket.owner_noted", number=NUMBER, name="方姐", note="先补发一双"),
    )
    assert house.books.tickets.events[-1].actor == "fangjie"


async def test_a_wrong_number_is_told(house: House) -> None:
    bodies = await house.staff_does(TakeTicket("T-20261121-9999", "amei"))
    assert told(bodies, "amei") == (phrase("ticket.unknown", number="T-20261121-9999"),)
