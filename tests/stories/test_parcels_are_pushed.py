"""What a carrier scans reaches the house by the tracker's push, and is thanked for."""

import json
from typing import Any

from sandbox.carriers.credentials import TrackerCredentials
from tests.sandbox.carriers_world import kdniao_sign
from tests.stories.world import World, eventually

SILENT = "YT7489920153386"
KEYS = TrackerCredentials()


async def _control(world: World, **wish: Any) -> dict[str, Any]:
    async with world.control.post("/kdniao/_control", json=wish) as answer:
        assert answer.status == 200, await answer.text()
        mood: dict[str, Any] = await answer.json()
        return mood


async def test_a_scan_is_pushed_through_the_door_of_the_house(own_world: World) -> None:
    data = json.dumps({"ShipperCode": "YTO", "LogisticCode": SILENT})
    form = {
        "RequestData": data,
        "EBusinessID": KEYS.ebusiness_id,
        "RequestType": "8008",
        "DataSign": kdniao_sign(data, KEYS.api_key),
        "DataType": "2",
    }
    path = "/kdniao/Ebusiness/EbusinessOrderHandle.aspx"
    async with own_world.control.post(path, data=form) as answer:
        assert (await answer.json(content_type=None))["Success"] is True

    await _control(own_world, scan={"number": SILENT, "text": "【上海市】已签收", "state": 3})

    async def ended() -> bool:
        mood = await _control(own_world)
        return [each["ended"] for each in mood["subscribed"]] == [True]

    await eventually(ended)
    mood = await _control(own_world)
    assert all(each["delivered"] for each in mood["pushed"])
