"""A ticket goes to one agent after the other until somebody looks after it."""

import re
from datetime import UTC, datetime

from desk.kernel.clock import SHANGHAI
from tests.stories.world import Member, World, asked_of

TICKET = re.compile(r"T-\d{8}-\d{4,}")
HALF_AN_HOUR = 30 * 60


def until_noon() -> int:
    """Seconds to the next noon in Shanghai."""
    here = datetime.now(UTC).astimezone(SHANGHAI)
    then = here.replace(hour=12, minute=0, second=0, microsecond=0)
    return int((then - here).total_seconds()) % (24 * 60 * 60)


async def opened(world: World, text: str = "学步鞋的鞋底有多厚") -> tuple[str, str]:
    """A customer asks what only a person can answer: the ticket's number, all they heard."""
    customer = await world.customer()
    said = await customer.asks(text, "T-")
    found = TICKET.search(said)
    assert found is not None, said
    return found[0], said


async def test_one_accepts_one_lets_it_pass_one_gives_it_back_and_then_nobody_is_there(
    own_world: World,
) -> None:
    world = own_world
    noon = until_noon()
    await world.turn_clock(noon)
    xiaolu, dazhi = await world.member("xiaolu"), await world.member("dazhi")
    fangjie, manyun = await world.member("fangjie"), await world.member("manyun")

    number, _ = await opened(world)
    asked = await asked_of(f"{number}，请在", xiaolu, dazhi)
    other = dazhi if asked is xiaolu else xiaolu
    await other.next_lines(20, 2)
    assert not any(line["kind"] == "template_card" for line in other.lines)
    await asked.clicks(number, "接单")
    await asked.hears("您已接单")

    number, _ = await opened(world)
    first = await asked_of(f"{number}，请在", xiaolu, dazhi)
    second = dazhi if first is xiaolu else xiaolu
    await world.turn_clock(noon + HALF_AN_HOUR)
    await second.hears(f"{number}，请在")
    why = await fangjie.asks(f"/工单 why {number}", "上一位超时没接")
    assert "退回过或超时没接" in why
    await second.clicks(number, "退回")
    await second.hears("已退回")
    await fangjie.hears("现在没人能接")
    await manyun.hears("现在没人能接")
    await fangjie.clicks("现在没人能接", "接单")
    await fangjie.hears("您已接单")

    await gone_home(xiaolu, dazhi)
    number, said = await opened(world)
    assert "同事这会儿都在忙" in said
    await manyun.hears("现在没人能接")
    await xiaolu.asks("/上班", "开始给您派单")
    await xiaolu.hears(f"{number}，请在")


async def gone_home(*members: Member) -> None:
    """They are off duty."""
    for each in members:
        await each.asks("/下班", "不再派新单")
