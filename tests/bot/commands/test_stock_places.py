"""/stock tells agents where pieces lie, what customers hear of them, and how many wait."""

from dataclasses import replace

from desk.kernel.ids import ConversationId, WishId, derived
from desk.shops.port import PlaceKind, PlaceStock
from desk.shops.safety import SafetyStock
from desk.wishes.model import Wish
from tests.bot.commands.room import Room
from tests.clocks import NOON
from tests.desk.work.house import MIMI
from tests.fakes.staff import AMEI


async def test_agents_see_every_place_and_both_figures(room: Room) -> None:
    places = (
        PlaceStock("s1", "徐家汇店", PlaceKind.STORE, 2),
        PlaceStock("w1", "杭州仓", PlaceKind.WAREHOUSE, 3),
    )
    shop = room.shops[0]
    shop.skus = (replace(shop.skus[0], places=places), *shop.skus[1:])
    room.floor.safety = SafetyStock(default=1)
    told = await room.hear("/库存 学步鞋", AMEI)
    assert (
        "粉色：22×5（¥169） 23缺（¥179）\n"
        "　杭州仓（仓库）3 件\n"
        "　徐家汇店（门店）2 件\n"
        "　对顾客只说 4 件，留 1 件安全库存\n"
    ) in told


async def test_agents_see_how_many_wait(room: Room) -> None:
    item = room.shops[0].items[0]
    here = ConversationId(derived("here"))
    wish = Wish(
        WishId(derived("wish")), MIMI.id, MIMI.id, here, (item.id,), item.title, ("粉色",), NOON
    )
    await room.house.books.wishes.note(wish)
    assert "有 1 位顾客在等到货通知" in await room.hear("/库存 学步鞋", AMEI)
