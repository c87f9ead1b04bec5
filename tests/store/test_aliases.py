"""Names and picks: each once, the later over the earlier; a customer's picks go with them."""

from datetime import timedelta

from sqlalchemy import text

from desk.aliases.model import Alias, Pick
from desk.kernel.ids import CustomerId, uuid7
from desk.shops.port import ItemId
from desk.store.database import Database
from tests.clocks import NOON, FrozenClock
from tests.store.making import conversation

SHOES, SUIT = ItemId("youzan-main", "101"), ItemId("youzan-main", "103")
LATER = NOON + timedelta(hours=1)


async def _customer(library: Database, clock: FrozenClock, person: str = "wm1") -> CustomerId:
    _, customer, _ = await conversation(library, clock, person)
    return customer


async def _pick(library: Database, *picks: Pick) -> None:
    async with library.open() as books:
        for each in picks:
            await books.aliases.pick(each)


async def test_names_come_back_as_they_were_taught(library: Database) -> None:
    words = Alias("尿不湿", "纸尿裤", "fangjie", NOON)
    item = Alias("小软", SHOES, "fangjie", NOON)
    async with library.open() as books:
        await books.aliases.teach(item)
        await books.aliases.teach(words)
    assert set(await library.aliases.taught()) == {item, words}


async def test_a_name_that_is_taught_anew_means_the_new_thing(library: Database) -> None:
    async with library.open() as books:
        await books.aliases.teach(Alias("小软", SHOES, "fangjie", NOON))
        await books.aliases.teach(Alias("小软", "连体衣", "manyun", LATER))
    assert await library.aliases.taught() == (Alias("小软", "连体衣", "manyun", LATER),)


async def test_a_forgotten_name_is_gone(library: Database) -> None:
    async with library.open() as books:
        await books.aliases.teach(Alias("小软", SHOES, "fangjie", NOON))
        await books.aliases.forget("小软")
        await books.aliases.forget("never taught")
    assert await library.aliases.taught() == ()


async def test_picks_of_a_wording_come_newest_first(library: Database, clock: FrozenClock) -> None:
    first, second = await _customer(library, clock), await _customer(library, clock, "wm2")
    older = Pick(first, "鞋", SHOES, True, NOON)
    newer = Pick(second, "鞋", SUIT, True, LATER)
    await _pick(library, older, newer, Pick(first, "衣", SUIT, True, NOON))
    assert await library.aliases.picks("鞋") == (newer, older)


async def test_a_no_takes_the_place_of_the_pick(library: Database, clock: FrozenClock) -> None:
    customer = await _customer(library, clock)
    no = Pick(customer, "鞋", SHOES, False, LATER)
    await _pick(library, Pick(customer, "鞋", SHOES, True, NOON), no)
    assert await library.aliases.picks("鞋") == (no,)


async def test_a_customers_picks_are_erased_with_the_customer(
    library: Database, clock: FrozenClock
) -> None:
    kept = await _customer(library, clock)
    gone = CustomerId(uuid7())
    async with library.reading() as connection:
        await connection.execute(
            text("INSERT INTO customers (id, created_at) VALUES (:id, :at)"),
            {"id": gone, "at": NOON},
        )
    await _pick(library, Pick(gone, "鞋", SHOES, True, NOON), Pick(kept, "鞋", SHOES, True, NOON))
    async with library.reading() as connection:
        await connection.execute(text("DELETE FROM customers WHERE id = :id"), {"id": gone})
    assert [each.customer for each in await library.aliases.picks("鞋")] == [kept]
