"""The fake 快递鸟 is as strict as its manual."""

import json
from collections.abc import AsyncIterator
from urllib.parse import quote

import pytest

from tests.sandbox.carriers_world import World, bytes_sign, open_world
from tests.sandbox.shops_world import at, rows

SILENT = "YT7489920153386"
ASKED = {"ShipperCode": "YTO", "LogisticCode": SILENT}


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_world() as opened:
        yield opened


def reason(answer: dict[str, object]) -> str:
    assert answer["Success"] is False
    return str(answer["Reason"])


async def test_a_parcel_of_a_shop_is_told_oldest_scan_first(world: World) -> None:
    answer = await world.kdniao("8001", **ASKED)
    fields = [answer[name] for name in ("Success", "LogisticCode", "ShipperCode", "State")]
    assert fields == [True, SILENT, "YTO", "2"]
    times = [str(trace["AcceptTime"]) for trace in rows(answer, "Traces")]
    assert times == sorted(times)
    assert "StateEx" in answer


async def test_the_free_plan_tells_no_finer_states(world: World) -> None:
    assert "StateEx" not in await world.kdniao("1002", **ASKED)


async def test_the_signature_is_of_the_letters_over_the_raw_text(world: World) -> None:
    data = json.dumps(ASKED)
    wrong = world.call("8001", data, bytes_sign(data, world.keys.api_key))
    assert reason(await world.send(wrong)) == "数据验证不通过"
    encoded_before = world.call("8001", quote(data))
    assert reason(await world.send(encoded_before | {"RequestData": data})) == "数据验证不通过"


async def test_a_text_that_was_encoded_twice_is_taken_as_well(world: World) -> None:
    form = world.call("8001", json.dumps(ASKED))
    twice = form | {"RequestData": quote(form["RequestData"])}
    assert (await world.send(twice))["Success"] is True


@pytest.mark.parametrize(
    "wrong",
    [
        {"DataType": "1"},
        {"RequestData": ""},
        {"RequestType": ""},
        {"EBusinessID": "1"},
        {"RequestType": "7777"},
    ],
)
async def test_a_wrong_field_is_refused(world: World, wrong: dict[str, str]) -> None:
    assert reason(await world.send(world.call("8001", json.dumps(ASKED)) | wrong))


@pytest.mark.parametrize("customer", ["", "9999", "13585501288"])
async def test_some_carriers_want_the_phones_tail(world: World, customer: str) -> None:
    asked = {"ShipperCode": "SF", "LogisticCode": "SF1402299871650"}
    assert "CustomerName" in reason(await world.kdniao("8001", **asked, CustomerName=customer))
    assert (await world.kdniao("8001", **asked, CustomerName="1288"))["State"] == "3"


async def test_jd_wants_the_merchants_own_code(world: World) -> None:
    asked = {"ShipperCode": "JD", "LogisticCode": "JDX021990847733"}
    assert "青龙" in reason(await world.kdniao("8001", **asked))
    assert (await world.kdniao("8001", **asked, CustomerName="010K1"))["State"] == "3"


async def test_what_nobody_has_scanned_is_a_success_without_traces(world: World) -> None:
    answer = await world.kdniao("8001", ShipperCode="YTO", LogisticCode="YT0000000000000")
    assert (answer["Success"], answer["State"], answer["Traces"]) == (True, "0", [])


@pytest.mark.parametrize("kind", ["1008", "8008"])
async def test_a_subscription_is_taken_once(world: World, kind: str) -> None:
    assert (await world.kdniao(kind, **ASKED))["Success"] is True
    assert "重复" in reason(await world.kdniao(kind, **ASKED))


async def test_a_number_is_named(world: World) -> None:
    answer = await world.kdniao("2002", LogisticCode=SILENT)
    assert at(answer, "Shippers", 0, "ShipperCode") == "YTO"
    assert (await world.kdniao("2002", LogisticCode="??"))["Shippers"] == []
