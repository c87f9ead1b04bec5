"""Connections over which shops push are held, and opened again when they end."""

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.sync import listening
from bot.sync.listening import ShopEars
from desk.kernel.errors import Unavailable
from desk.shops.cache import MemoryCache
from desk.shops.events import ShopEvent
from desk.shops.floor import ShopFloor
from desk.shops.powers import Keep
from tests.bot.sync.shop_desk import pushed
from tests.clocks import FrozenClock
from tests.fakes.shops import MemoryShop


@dataclass
class ListeningShop(MemoryShop):
    """A shop that tells of one order each time it is listened to, and then hangs up."""

    times: int = 0
    acknowledged: list[str] = field(default_factory=list)

    async def listen(self, keep: Keep) -> None:
        """Tell of one order."""
        self.times += 1
        number = f"J{self.times}"
        await keep((pushed(number, number),))
        self.acknowledged.append(number)
        raise Unavailable("jd.connection", "连接断了")


async def test_who_hangs_up_is_listened_to_again_and_nothing_is_thanked_for_unkept(
    clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "_FIRST_WAIT", 0.001)
    shop, deaf = ListeningShop("jd", "京东旗舰店"), MemoryShop("tm", "天猫旗舰店")
    kept: list[str] = []
    enough = asyncio.Event()

    async def keep(events: tuple[ShopEvent, ...]) -> None:
        if shop.times == 1:
            raise Unavailable("database.unavailable", "系统暂时不可用")
        kept.extend(event.id for event in events)
        if len(kept) == 3:
            enough.set()

    loops = ShopEars(ShopFloor((shop, deaf), clock, MemoryCache(clock)), keep).loops()
    assert list(loops) == ["listen jd"]
    task = asyncio.create_task(loops["listen jd"]())
    async with asyncio.timeout(5):
        await enough.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert kept == ["J2", "J3", "J4"]
    assert "J1" not in shop.acknowledged
