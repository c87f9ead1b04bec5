"""Everything is killed in the middle of a burst: each message is answered, and answered once."""

import asyncio
import os
import signal
from contextlib import suppress

import pytest

from bot.engines.processes import processes_in
from tests.stories.world import Customer, World, text_of
from tools.local import House

pytestmark = pytest.mark.timeout(240)

CUSTOMERS = 15
WISHES = {
    "附近门店": (0.05, "徐家汇店："),
    "有优惠券吗": (0.4, "满500减60"),
    "我的积分": (1.0, "请把订单号发给我"),
}
"""What is said, the seconds after which all is killed (before the pull, among the turns, among the
deliveries), and what of the answer tells that it is the answer."""


async def test_each_message_is_answered_once_though_all_is_killed_three_times(
    own_world: World,
) -> None:
    customers = [await own_world.customer(f"顾客{number}") for number in range(CUSTOMERS)]
    for text, (moment, _) in WISHES.items():
        burst = asyncio.create_task(_all_say(customers, text))
        await asyncio.sleep(moment)
        await _kill_all(own_world.house)
        await burst
        await own_world.house.start("bot")
    for each in customers:
        await each.hears("请把订单号发给我", 60)
    more = await asyncio.gather(*(each.next_lines(1, 2) for each in customers))
    assert [text_of(line) for lines in more for line in lines] == []
    for each in customers:
        said = "\n".join(text_of(line) for line in each.lines if line["sender"] == "bot")
        assert [said.count(answer) for _, answer in WISHES.values()] == [1] * len(WISHES), said


async def test_a_clean_stop_in_a_burst_loses_nothing(own_world: World) -> None:
    customers = [await own_world.customer(f"顾客{number}") for number in range(CUSTOMERS)]
    burst = asyncio.create_task(_all_say(customers, "附近门店"))
    await asyncio.sleep(0.3)
    bot = own_world.house.processes["bot"]
    bot.terminate()
    await burst
    assert await asyncio.wait_for(bot.wait(), 15) == 0
    assert _engines(own_world.house) == []
    await own_world.house.start("bot")
    heard = await asyncio.gather(*(each.next_lines(1, 30) for each in customers))
    assert [len(lines) for lines in heard] == [1] * CUSTOMERS
    more = await asyncio.gather(*(each.next_lines(1, 2) for each in customers))
    assert [text_of(line) for lines in more for line in lines] == []


async def _all_say(customers: list[Customer], text: str) -> None:
    for each in customers:
        await each.says(text)


async def _kill_all(house: House) -> None:
    """SIGKILL for the bot and its engines, at the same moment."""
    house.kill("bot")
    for pid in _engines(house):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    await house.processes["bot"].wait()


def _engines(house: House) -> list[int]:
    servers = (("pg", "postgres"), ("redis", "redis-server"))
    return [
        process.pid
        for folder, program in servers
        for process in processes_in(house.data_dir / folder, program)
    ]
