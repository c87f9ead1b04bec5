"""What is back is told once, in the order of asking, by a way that is allowed, or by a person."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.wishes.wording import LISTED
from desk.conversations.model import Session
from desk.conversations.outgoing import SayInConversation, TellStaff
from desk.customers.kinship import Merge
from desk.customers.model import Evidence, Identity, buyer_name
from desk.kernel.errors import Unavailable
from desk.kernel.ids import ConversationId, CustomerId
from desk.kernel.messages import Card
from desk.shops.safety import SafetyStock
from desk.store.database import Database
from desk.sync.model import Source
from desk.wishes.model import LASTS, THEIRS_FOR
from tests.bot.sync.shop_desk import BUYER, an_order
from tests.bot.wishes.room import BOOK, SHOES, TITLE, Room
from tests.clocks import FrozenClock
from tests.store.making import conversation


@pytest.fixture
def room(library: Database, clock: FrozenClock) -> Room:
    return Room(library, clock)


async def test_who_waits_is_told_once_with_stock_price_and_link(room: Room) -> None:
    await room.wishes("a")
    assert not await room.later()
    room.has(2)
    assert await room.later()
    (body,) = await room.out()
    assert isinstance(body, SayInConversation)
    text = BOOK.render(body.say.phrase, room.clock.now())
    assert "您等的婴儿学步鞋 粉色 22码到货了。京东旗舰店现在有 2 件，¥169" in text
    assert "https://item.jd.com/1.html" in text
    assert not await room.later()


async def test_a_push_is_enough_to_look_at_once(room: Room) -> None:
    await room.wishes("a")
    await room.watch().run()
    room.has(1)
    assert not await room.watch().run()
    await room.pushed()
    assert await room.watch().run()
    assert len(await room.told()) == 1


async def test_two_watchers_at_once_tell_once(room: Room) -> None:
    people = await room.wishes("a", "b", "c")
    room.has(2)
    watches = [room.watch() for _ in range(4)]
    await asyncio.gather(*(each.look(SHOES) for each in watches))
    assert sorted(await room.told()) == sorted(people[:2])


async def test_a_burst_of_pushes_tells_as_many_as_there_are_pieces(room: Room) -> None:
    people = await room.wishes("a", "b", "c", "d")
    room.has(2)
    for _ in range(5):
        await room.pushed()
        await room.watch().run()
    assert sorted(await room.told()) == sorted(people[:2])


async def test_after_a_day_the_next_in_line_hear_of_what_nobody_took(room: Room) -> None:
    people = await room.wishes("a", "b", "c")
    room.has(1)
    await room.later()
    assert await room.told() == people[:1]
    room.clock.turn(THEIRS_FOR)
    await room.later()
    assert await room.told() == people[1:2]


async def test_more_pieces_reach_the_next_ones_at_once(room: Room) -> None:
    people = await room.wishes("a", "b", "c")
    room.has(1)
    await room.later()
    room.has(3)
    await room.later()
    assert sorted(await room.told()) == sorted(people)


async def test_the_piece_of_who_has_ordered_since_is_kept_for_them_no_longer(room: Room) -> None:
    people = await room.wishes("a", "b")
    room.has(1)
    await room.later()
    assert await room.told() == people[:1]
    async with room.library.open() as books:
        customer = await _customer(room, people[0])
        identity = Identity(buyer_name(BUYER), Evidence.PLATFORM_BRIDGE, room.clock.now())
        await books.customers.link(customer, identity)
        ordered = replace(an_order("J1"), created_at=room.clock.now())
        await books.orders.note(ordered, Source.PUSH, room.clock.now())
    await room.later()
    assert await room.told() == people[1:]


async def test_a_crash_in_the_middle_tells_nobody_and_loses_nobody(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await room.wishes("a", "b")
    room.has(2)

    async def crash(*_: object) -> None:
        raise Unavailable("gone", "数据库断开")

    with monkeypatch.context() as broken:
        broken.setattr("desk.store.outbox.StoredOutbox.put", crash)
        with pytest.raises(Unavailable):
            await room.later()
    assert await room.told() == []
    await room.later()
    assert sorted(await room.told()) == sorted(people)


async def test_what_is_gone_again_when_it_is_looked_at_is_told_to_nobody(room: Room) -> None:
    await room.wishes("a")
    room.has(1)
    await room.pushed()
    room.has(0)
    assert not await room.watch().run()
    assert await room.out() == []


async def test_another_size_is_no_news(room: Room) -> None:
    await room.wishes("a")
    room.has(5, size="23")
    assert not await room.later()


async def test_the_safety_stock_reaches_nobody(room: Room) -> None:
    people = await room.wishes("a", "b", "c")
    room.safety = SafetyStock(default=2)
    room.has(2)
    assert not await room.later()
    room.has(3)
    await room.later()
    assert await room.told() == people[:1]


async def test_after_two_days_of_silence_a_colleague_gets_one_ticket_with_all_names(
    room: Room,
) -> None:
    await room.wishes("a", "b")
    room.clock.turn(timedelta(hours=49))
    room.has(5)
    assert await room.later()
    (body,) = await room.out()
    assert isinstance(body, TellStaff)
    assert isinstance(body.reply, Card)
    assert "这2位等货的顾客发消息，请您转告：a（粉色 22码）、b（粉色 22码）" in BOOK.render(
        body.reply.subtitle, room.clock.now()
    )
    assert not await room.later()


async def test_many_to_be_told_by_hand_are_spread_over_tickets_that_can_be_read(
    room: Room,
) -> None:
    await room.wishes(*(f"p{n}" for n in range(LISTED + 1)))
    room.clock.turn(timedelta(hours=49))
    room.has(50)
    await room.later()
    cards = [each.reply for each in await room.out() if isinstance(each, TellStaff)]
    said = [
        BOOK.render(each.subtitle, room.clock.now()) for each in cards if isinstance(each, Card)
    ]
    assert sorted(each.count("粉色 22码") for each in said) == [1, LISTED]
    assert all(len(each.encode()) < 512 for each in said)


async def test_more_than_fit_into_one_transaction_are_told_by_the_next(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.wishes.choosing.MOST", 2)
    people = await room.wishes("a", "b", "c", "d", "e")
    room.has(9)
    await room.later()
    assert sorted(await room.told()) == sorted(people)


async def test_a_customer_whose_budget_is_spent_is_left_to_a_colleague(room: Room) -> None:
    (here,) = await room.wishes("a")
    async with room.library.open() as books:
        for _ in range(5):
            await books.conversations.charge(here, 5, room.clock.now() - timedelta(hours=1))
    room.has(1)
    await room.later()
    assert [type(each) for each in await room.out()] == [TellStaff]


async def test_nobody_is_written_to_while_a_person_serves_them(room: Room) -> None:
    (here,) = await room.wishes("a")
    async with room.library.open() as books:
        await books.conversations.session(here, Session.SERVICER, "amei")
    room.has(1)
    await room.later()
    assert [type(each) for each in await room.out()] == [TellStaff]


async def test_who_asked_for_no_messages_is_passed_over_for_the_next(room: Room) -> None:
    people = await room.wishes("a", "b")
    async with room.library.open() as books:
        first = await books.conversations.get(people[0])
        assert first is not None
        assert first.customer is not None
        await books.customers.stop_pushes(first.customer, room.clock.now(), on=True)
    room.has(1)
    await room.later()
    assert await room.told() == people[1:]


async def test_a_person_of_two_customers_is_told_once(room: Room) -> None:
    people = await room.wishes("a", "b")
    async with room.library.open() as books:
        one, two = [await books.conversations.get(each) for each in people]
        assert one is not None
        assert two is not None
        assert one.customer is not None
        assert two.customer is not None
        merge = Merge(
            one.customer, two.customer, Evidence.PLATFORM_BRIDGE, "同一个人", "", room.clock.now()
        )
        await books.kinship.merge(merge)
    room.has(5)
    await room.later()
    assert len(await room.told()) == 1
    assert not await room.later()


async def test_the_same_wish_of_a_person_is_kept_once(room: Room) -> None:
    here, customer, _ = await conversation(room.library, room.clock, "a")
    assert await room.wish(customer, here.id)
    assert not await room.wish(customer, here.id)
    assert await room.wish(customer, here.id, "23码")
    assert await room.library.wishes.waiting_for((SHOES,)) == 1
    assert await room.library.wishes.most_wanted(5) == ((TITLE, 1),)


async def test_a_wish_ends_after_its_time_and_the_item_is_watched_no_longer(room: Room) -> None:
    await room.wishes("a")
    room.clock.turn(LASTS + timedelta(days=1))
    room.has(5)
    assert not await room.later()
    async with room.library.open() as books:
        assert await books.wishes.claim(room.clock.now() + LASTS, room.clock.now()) is None


async def test_a_wish_that_was_taken_back_is_not_fired(room: Room) -> None:
    (here,) = await room.wishes("a")
    async with room.library.open() as books:
        found = await books.conversations.get(here)
        assert found is not None
        assert found.customer is not None
        assert await books.wishes.withdraw(found.customer, room.clock.now()) == 1
    room.has(5)
    assert not await room.later()


async def test_a_shop_that_does_not_answer_is_asked_again_at_the_next_look(room: Room) -> None:
    await room.wishes("a")
    room.has(1)
    room.shop.failure = Unavailable("down", "没有回应")
    assert not await room.later()
    room.shop.failure = None
    assert await room.later()


async def test_of_a_thousand_who_wait_the_first_three_are_told_of_three_pieces(room: Room) -> None:
    (here,) = await room.wishes("a")
    found = await room.library.conversations.of_customer(await _customer(room, here))
    first = found[0]
    async with room.library.reading() as connection:
        await connection.exec_driver_sql(
            "INSERT INTO customers (id, nickname, created_at) "
            "SELECT gen_random_uuid(), 'n' || at, now() FROM generate_series(1, 999) AS at"
        )
        await connection.exec_driver_sql(
            "INSERT INTO restock_wishes (id, customer_id, conversation_id, items, title, wanted,"
            " asked_at, state) SELECT gen_random_uuid(), customers.id, $1, ARRAY['jd:1'], $2,"
            " ARRAY['粉色', '22码'], $3, 'waiting' FROM customers WHERE nickname LIKE 'n%'",
            (first.id, TITLE, room.clock.now() + timedelta(seconds=1)),
        )
    room.has(3)
    assert await room.later()
    assert (await room.told())[0] == here
    assert await room.library.wishes.waiting_for((SHOES,)) == 997


async def _customer(room: Room, here: ConversationId) -> CustomerId:
    async with room.library.open() as books:
        found = await books.conversations.get(here)
    assert found is not None
    assert found.customer is not None
    return found.customer
