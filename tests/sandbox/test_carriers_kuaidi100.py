"""The fake 快递100 is as strict as its manual."""

from collections.abc import AsyncIterator

import pytest

from tests.sandbox.carriers_world import World, open_world
from tests.sandbox.shops_world import at, rows

SILENT = "YT7489920153386"
SIGNED_SF = "SF1402299871650"


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_world() as opened:
        yield opened


def code(answer: dict[str, object]) -> object:
    assert answer["result"] is False
    assert answer["message"]
    return answer["returnCode"]


async def test_a_parcel_of_a_shop_is_told(world: World) -> None:
    answer = await world.ask(com="yuantong", num=SILENT)
    fields = [answer[name] for name in ("message", "nu", "com", "status", "state", "ischeck")]
    assert fields == ["ok", SILENT, "yuantong", "200", "0", "0"]
    scans = rows(answer, "data")
    assert [scan["time"] for scan in scans] == sorted(
        (str(scan["time"]) for scan in scans), reverse=True
    )
    assert set(scans[0]) == {"time", "ftime", "context"}


async def test_finer_states_come_when_they_are_asked_for(world: World) -> None:
    answer = await world.ask(com="yuantong", num=SILENT, resultv2="4", order="asc")
    assert answer["state"] == "1002"
    scans = rows(answer, "data")
    assert str(scans[0]["time"]) < str(scans[-1]["time"])
    assert "statusCode" in scans[0]


@pytest.mark.parametrize("left_out", ["customer", "sign", "param"])
async def test_what_is_incomplete_is_400(world: World, left_out: str) -> None:
    form = world.question(com="yuantong", num=SILENT) | {left_out: ""}
    assert code(await world.post("/kuaidi100/poll/query.do", form)) == "400"


@pytest.mark.parametrize(
    "param",
    [
        {"com": "YUANTONG", "num": SILENT},
        {"com": "", "num": SILENT},
        {"com": "yuantong", "num": "123"},
        {"com": "yuantong", "num": "1" * 33},
        {"com": "yuantong", "num": SILENT, "show": "1"},
    ],
)
async def test_a_wrong_field_is_400(world: World, param: dict[str, str]) -> None:
    assert code(await world.ask(**param)) == "400"


async def test_the_signature_is_over_the_very_text(world: World) -> None:
    form = world.question(com="yuantong", num=SILENT)
    for wrong in ({"param": form["param"] + " "}, {"sign": form["sign"].lower()}):
        assert code(await world.post("/kuaidi100/poll/query.do", form | wrong)) == "503"


@pytest.mark.parametrize("phone", ["", "9999", "13800138000", "x288"])
async def test_who_does_not_know_the_phone_is_told_nothing(world: World, phone: str) -> None:
    assert code(await world.ask(com="shunfeng", num=SIGNED_SF, phone=phone)) == "408"


@pytest.mark.parametrize("phone", ["13585501288", "1288", "400123-1288"])
async def test_the_whole_phone_or_its_tail_will_do(world: World, phone: str) -> None:
    answer = await world.ask(com="shunfeng", num=SIGNED_SF, phone=phone)
    assert answer["ischeck"] == "1"


async def test_what_nobody_has_scanned_is_500(world: World) -> None:
    assert code(await world.ask(com="yuantong", num="YT0000000000000")) == "500"
    assert code(await world.ask(com="yunda", num=SILENT)) == "500"


async def test_a_number_is_locked_for_half_an_hour_whatever_came_of_it(world: World) -> None:
    await world.ask(com="yunda", num=SILENT)
    assert code(await world.ask(com="yuantong", num=SILENT)) == "501"
    await world.control("kuaidi100", pass_hours=0.4)
    assert code(await world.ask(com="yuantong", num=SILENT)) == "501"
    await world.control("kuaidi100", pass_hours=0.55)
    assert (await world.ask(com="yuantong", num=SILENT))["message"] == "ok"


async def test_a_subscription_needs_everything(world: World) -> None:
    assert (await world.subscribe(SILENT))["returnCode"] == "200"
    assert code(await world.subscribe(SILENT)) == "501"
    assert code(await world.subscribe("1", key="wrong")) == "600"
    assert code(await world.subscribe("1", company="pigeon")) == "702"
    assert code(await world.subscribe("")) == "700"
    assert code(await world.subscribe("1", parameters={"callbackurl": "bot"})) == "700"
    assert code(await world.subscribe(SIGNED_SF, company="shunfeng")) == "700"
    form = {"schema": "xml", "param": "<x/>"}
    assert code(await world.post("/kuaidi100/poll", form)) == "700"


async def test_a_number_is_named_for_who_has_a_key(world: World) -> None:
    asked = {"num": SILENT, "key": world.keys.key}
    async with world.client.get("/kuaidi100/autonumber/auto", params=asked) as answer:
        assert await answer.json() == [{"comCode": "yuantong", "lengthPre": 15}]
    async with world.client.get("/kuaidi100/autonumber/auto", params=asked | {"key": ""}) as answer:
        assert code(await answer.json()) == "601"


async def test_the_control_knows_what_it_does_not_know(world: World) -> None:
    await world.control("kuaidi100", 400, dance=True)
    await world.control("kuaidi100", 404, scan={"number": "nothing", "text": "x"})


async def test_a_reset_forgets_what_was_asked_and_subscribed(world: World) -> None:
    await world.ask(com="yuantong", num=SILENT)
    await world.subscribe(SILENT)
    mood = await world.control("kuaidi100", reset=True)
    assert mood["subscribed"] == []
    assert (await world.ask(com="yuantong", num=SILENT))["message"] == "ok"


async def test_calls_are_counted(world: World) -> None:
    await world.ask(com="yuantong", num=SILENT)
    assert at(await world.control("kuaidi100"), "calls", "query") == 1
