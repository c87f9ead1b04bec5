"""The control API: clock, people, transcript, events, load."""

import asyncio
import json
from pathlib import Path

import aiohttp
import pytest

from sandbox import people
from tests.sandbox.house import (
    KF,
    YU,
    House,
    as_object,
    close_house,
    objects,
    open_house,
)
from tests.sandbox.scripted_bot import Json

SEAT = f"customer:{KF}:{YU}"


async def test_the_clock_is_turned_here_and_at_the_bot(house: House) -> None:
    before = house.corp.now()
    answer = await house.control("clock", {"offset_seconds": 3600})
    assert as_object(answer["bot"])["ok"] is True
    assert house.bot.offsets == [3600]
    assert house.corp.now() - before >= 3600
    assert (await house.control("clock"))["offset_seconds"] == 3600


async def test_a_bot_that_refuses_the_clock_is_reported(house: House) -> None:
    await house.servers[1].close()
    answer = await house.control("clock", {"offset_seconds": 60})
    assert as_object(answer["bot"])["ok"] is False
    assert answer["offset_seconds"] == 60


async def test_turning_the_clock_ends_old_sessions_on_the_page(house: House) -> None:
    await house.customer_says("在吗")
    await house.control("clock", {"offset_seconds": 49 * 3600})
    session = await house.control(f"session?open_kfid={KF}&external_userid={YU}")
    assert session["state"] == 4


async def test_a_negative_offset_is_refused(house: House) -> None:
    await house.control("clock", {"offset_seconds": -1}, status=400)


async def test_a_new_customer_can_write_at_once(house: House) -> None:
    made = await house.control("customers", {"nickname": "新来的"})
    who = str(made["external_userid"])
    assert who.startswith("wm")
    await house.customer_says("在吗", who)
    state = await house.control("state")
    assert "新来的" in [one["nickname"] for one in objects(state["customers"])]


async def test_a_new_colleague_is_in_range_and_a_servicer(house: House) -> None:
    await house.control("staff", {"userid": "Bo", "name": "阿波"})
    listed = objects((await house.api("kf/servicer/list", open_kfid=KF))["servicer_list"])
    assert {"userid": "bo", "status": 0} in listed


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("customer/message", {"external_userid": YU}),
        ("customer/message", {"external_userid": "wmNobody", "text": "x"}),
        ("customer/recall", {"external_userid": YU, "msgid": "none"}),
        ("staff/message", {"userid": "nobody", "text": "x"}),
        ("staff/card", {"userid": "amei", "msgid": "none", "key": "k"}),
        ("staff/event", {"userid": "amei", "event": "dance"}),
        ("servicer/end", {"external_userid": YU, "userid": "amei"}),
        ("tokens", {"action": "burn"}),
        ("load", {"rate_per_second": 0}),
    ],
)
async def test_a_wrong_control_call_says_what_is_wrong(house: House, path: str, body: Json) -> None:
    answer = await house.control(path, body, status=400)
    assert answer["error"]


async def test_the_transcript_waits_for_news(house: House) -> None:
    await house.customer_says("在吗")
    first = await house.control(f"transcript?seat={SEAT}")
    waiting = asyncio.create_task(
        house.control(f"transcript?seat={SEAT}&since={first['seq']}&wait=5")
    )
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await house.reply()
    news = objects((await waiting)["lines"])
    assert [line["sender"] for line in news] == ["bot"]


async def test_the_transcript_wait_ends_without_news(house: House) -> None:
    answer = await house.control(f"transcript?seat={SEAT}&wait=0")
    assert answer["lines"] == []


async def test_changes_stream_to_the_page(house: House) -> None:
    since = (await house.control("state"))["seq"]
    url = f"{house.url}/sandbox/events?since={since}"
    async with house.http.get(url, timeout=aiohttp.ClientTimeout(total=5)) as stream:
        await house.customer_says("在吗")
        kinds = []
        async for raw in stream.content:
            if raw.startswith(b"data:"):
                kinds.append(json.loads(raw[5:])["kind"])
            if "session" in kinds:
                break
    assert kinds[-2:] == ["line", "session"]


async def test_a_load_run_writes_at_its_rate(house: House) -> None:
    asked: Json = {"rate_per_second": 50, "seconds": 1, "customers": 10}
    await house.control("load", asked, status=202)
    await house.control("load", asked, status=409)
    since = 0
    async with asyncio.timeout(10):
        while len(house.corp.latency.samples) < 50:
            await house.corp.feed.wait(since, 1)
            since = house.corp.feed.seq
    metrics = await house.control("metrics")
    assert metrics["unanswered"] == 50
    state = await house.control("state")
    assert len(objects(state["customers"])) == 2


async def test_the_shops_stand_beside_wecom() -> None:
    house = await open_house(with_shops=True)
    answer = await house.http.post(f"{house.url}/taobao/router/rest", data={"method": "x"})
    assert "error_response" in await answer.text()
    await close_house(house)


def test_without_a_people_file_there_are_people_all_the_same() -> None:
    assert people.load(Path("/nowhere/people.yml")) is people.BUILT_IN
