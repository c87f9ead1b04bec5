"""What changes in a shop is in the book at once, and even where the push met nobody."""

import pytest

from tests.stories.world import Member, World, eventually

pytestmark = pytest.mark.timeout(180)

ORDER = "E20261116201844019500026"
LIN = "林雨桐"


async def test_a_push_is_in_the_timeline_and_one_that_met_nobody_is_found_by_the_pull(
    own_world: World,
) -> None:
    lin, amei = await own_world.story_customer(LIN), await own_world.member("amei")
    await lin.asks("我的积分", "积分")  # The bridge of the shop tells who she is there.
    await eventually(lambda: _stands(amei, "已发货"))

    await own_world.shop("youzan", order={"number": ORDER, "status": "TRADE_SUCCESS"})
    await eventually(lambda: _stands(amei, "已完成"))

    own_world.house.kill("bot")
    await own_world.house.processes["bot"].wait()
    await own_world.shop(
        "youzan", order={"number": ORDER, "status": "TRADE_CLOSED", "close_type": 2}
    )
    await own_world.house.start("bot")
    await own_world.turn_clock(300)
    await eventually(lambda: _stands(amei, "已退款"))


async def _stands(amei: Member, state: str) -> bool:
    stream = await amei.asks(f"/顾客 {LIN} 时间线", "时间线")
    return any(ORDER in line and state in line for line in stream.splitlines())
