"""A person takes over by day and gives back; at night one is promised, and comes."""

import asyncio
import sys
from pathlib import Path

from tests.stories.test_time_passes import seconds_until_tomorrow
from tests.stories.world import Customer, World, eventually, post, text_of
from tools.local import ROOT

HELD = (2, 3)


async def session_of(world: World, customer: Customer) -> dict[str, object]:
    """The customer's session as WeCom has it."""
    state = await world.state()
    found = [each for each in state["sessions"] if each.items() >= customer.who.items()]
    return dict(found[0]) if found else {}


async def servicer_of(world: World, customer: Customer) -> str:
    """Wait until a person holds the session; who."""

    async def held() -> str:
        session = await session_of(world, customer)
        return str(session.get("servicer") or "") if session.get("state") in HELD else ""

    return str(await eventually(held))


async def test_by_day_a_person_takes_over_gives_back_and_is_rated(own_world: World) -> None:
    await own_world.turn_clock(seconds_until_tomorrow(10))
    lin = await own_world.story_customer("林雨桐")
    amei, fangjie = await own_world.member("amei"), await own_world.member("fangjie")
    ticket = await lin.asks("我的快递三天没动了", "T-")
    number = ticket[ticket.index("T-") :][:15]

    async def named() -> bool:
        return lin.external_userid in await amei.asks("/顾客 林雨桐", "林雨桐")

    await eventually(named)
    await lin.asks("转人工", "正在转人工客服")

    summary = await amei.hears("有顾客转人工")
    for words in ("林雨桐", "“我的快递三天没动了”", number, "已发货", "快递太慢了"):
        assert words in summary, summary

    servicer = await servicer_of(own_world, lin)
    holder = await own_world.member(servicer)
    await lin.says("有券吗")
    await lin.hears_nothing_more()
    await amei.says(f"/工单 take {number}")
    assert number in await holder.hears("会话正由人工接待")
    await post(
        own_world.control, "/sandbox/servicer/say", {**lin.who, "userid": servicer, "text": "在的"}
    )
    await lin.hears_nothing_more()

    await post(own_world.control, "/sandbox/servicer/end", lin.who)
    await lin.hears("这次服务您满意吗")
    await lin.taps("不满意")
    await lin.hears("哪里不满意")
    told = await fangjie.hears("打了 1 分")
    assert "林雨桐" in told
    assert f"/顾客 {lin.external_userid}" in told
    await lin.asks("有券吗", "券")

    manager = await own_world.member("manyun")
    digest = await manager.asks("/简报 今天", "人工服务评价")
    assert "1 人，平均 1.0 分，低分 1 人" in digest


async def test_at_night_a_person_is_promised_and_the_morning_brings_the_reviews(
    own_world: World, tmp_path: Path
) -> None:
    await own_world.turn_clock(seconds_until_tomorrow(23, 30))
    agents = [await own_world.member(name) for name in ("amei", "xiaolu")]
    waiting = await own_world.customer("夜里的猫")
    promised = await waiting.asks("转人工", "现在不是客服时间")
    assert "明天 09:00" in promised
    await waiting.asks("附近门店", "徐家汇店")
    assert (await session_of(own_world, waiting)).get("state") not in HELD
    puzzling = await own_world.customer("看不懂")
    await puzzling.asks("那个能弄成大一号不，13812345678", "请同事来看")

    await own_world.turn_clock(seconds_until_tomorrow(9) + 24 * 3600)
    lists = await asyncio.gather(*(agent.hears("请您复核") for agent in agents))
    assert all("想找人工 1 条" in each and "没听懂 1 条" in each for each in lists)
    await waiting.hears("同事上班了")
    assert await servicer_of(own_world, waiting)

    amei, xiaolu = agents
    await amei.asks("/复核 2", "大一号")
    await amei.clicks("大一号", "跳过")
    await amei.hears("放到最后")
    await amei.asks("/复核 2 改 换货", "已记下")
    assert "阿美" in await xiaolu.asks("/复核 2 好", "晚了一步")
    await amei.asks("/复核 2 答 可以换大一号的", "正在发给顾客")
    await puzzling.hears("可以换大一号的")

    out = tmp_path / "candidates.yml"
    assert "导出 1 条" in await exported(own_world, out)
    text = out.read_text(encoding="utf-8")
    assert "- intent: exchange_request" in text
    assert "那个能弄成大一号不" in text
    assert "13812345678" not in text
    assert "没有新的改正" in await exported(own_world, tmp_path / "again.yml")
    for agent in agents:
        seen = "\n".join(text_of(line) for line in agent.lines)
        assert seen.count("这些对话请您复核") == 1


async def exported(world: World, out: Path) -> str:
    """What the export command says, run beside the running bot."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "export-corrections", "--out", str(out),
        cwd=ROOT,
        env=world.house.environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode == 0
    return said.decode()


async def test_who_waits_in_the_queue_is_told_so_and_danger_is_heard_there(
    own_world: World,
) -> None:
    state = await own_world.state()
    customer = await own_world.customer("排队的人")
    for member in state["staff"]:
        away = {"userid": member["userid"], "open_kfid": customer.open_kfid, "receives": 0}
        await own_world.control.post("/sandbox/servicer/status", json=away)
    amei = await own_world.member("amei")
    await customer.asks("转人工", "排上队")
    await customer.says("人呢")
    await amei.hears("还在排队等人工")
    await customer.says("孩子误吞了纽扣电池")
    await amei.hears("涉及人身安全")
