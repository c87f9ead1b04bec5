"""The clock is turned: the digest comes at its time, windows close."""

import re
from datetime import UTC, datetime, timedelta

from desk.kernel.clock import SHANGHAI
from tests.stories.world import World, text_of


def seconds_until_tomorrow(hour: int, minute: int = 0) -> int:
    """Seconds from now to a time of tomorrow in Shanghai."""
    here = datetime.now(UTC).astimezone(SHANGHAI)
    then = (here + timedelta(days=1)).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return int((then - here).total_seconds()) + 1


async def test_the_managers_digest_comes_at_nine_about_yesterday_and_once(
    own_world: World,
) -> None:
    manager, agent = await own_world.member("manyun"), await own_world.member("amei")
    customer = await own_world.customer()
    await customer.asks("学步鞋有货吗", "学步鞋")
    await customer.asks("我要投诉", "T-")
    await own_world.turn_clock(seconds_until_tomorrow(9))
    digest = await manager.hears("查库存 1 次")
    assert "每日简报" in digest
    assert "/工单 查看 T-" in digest
    await manager.next_lines(20, 3)
    assert sum("每日简报" in text_of(line) for line in manager.lines) == 1
    assert not any("每日简报" in text_of(line) for line in agent.lines)


async def test_two_days_later_the_staff_are_told_what_the_customer_cannot_be(
    own_world: World,
) -> None:
    customer, agent = await own_world.customer(), await own_world.member("amei")
    told = await customer.asks("我的快递三天没动了", "订单号")
    assert told
    lin = await own_world.story_customer("林雨桐")
    await lin.says("我的快递三天没动了")
    await lin.hears("T-")
    found = re.search(r"T-\d{8}-\d{4}", await agent.hears("T-"))
    assert found is not None
    await own_world.turn_clock(49 * 3600)
    await agent.says(f"/工单 take {found[0]}")
    await agent.hears("没能")
    await lin.hears_nothing_more()
