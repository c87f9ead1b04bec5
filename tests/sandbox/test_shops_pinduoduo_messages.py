"""The fake Pinduoduo's message connection wants the right key, heartbeats and acks."""

import aiohttp
import pytest

from sandbox.shops.pinduoduo.messages import Times
from tests.sandbox.pinduoduo_world import KEYS, call, code, heard, open_shop, opening
from tests.sandbox.shops_world import World, at, rows

SHOES = "261118-093512447180026"
ASLEEP = Times(silence=60, again=60)


async def move(world: World, status: str = "1/1/3") -> list[dict[str, object]]:
    mood = await world.control("pinduoduo", order={"number": SHOES, "status": status})
    return rows(mood, "pushed")


def ack(frame: dict[str, object], **wrong: object) -> dict[str, object]:
    return {
        "id": frame["id"],
        "commandType": "Ack",
        "type": at(frame, "message", "type"),
        "mallID": at(frame, "message", "mallID"),
        "time": frame["time"],
        "sendTime": frame["sendTime"],
        **wrong,
    }


async def acked(world: World) -> list[object]:
    async with world.client.get("/pinduoduo/_control") as response:
        return [each["acked"] for each in rows(await response.json(), "pushed")]


@pytest.mark.parametrize(("secret", "minutes"), [("another", 0), (KEYS.client_secret, 11)])
async def test_a_wrong_key_or_an_old_one_opens_nothing(secret: str, minutes: int) -> None:
    async with open_shop(ASLEEP) as world:
        path = opening(world, secret, minutes * 60_000)
        with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
            await world.client.ws_connect(path)
        assert caught.value.status == 401


async def test_without_permission_nothing_is_told() -> None:
    async with open_shop(ASLEEP) as world:
        assert await move(world) == []
        assert code(await call(world, "pdd.pmc.user.permit", topics="pdd_no_Such")) == 10000
        await call(world, "pdd.pmc.user.permit", topics="pdd_refund_RefundCreated")
        assert await move(world) == []
        await call(world, "pdd.pmc.user.permit")
        assert len(await move(world)) == 1


async def test_a_message_is_told_in_the_platforms_shape() -> None:
    async with open_shop(ASLEEP) as world:
        await call(world, "pdd.pmc.user.permit")
        async with world.client.ws_connect(opening(world)) as line:
            refund = {"refund_id": "36271840551", "status": "4"}
            await world.control("pinduoduo", refund=refund)
            frame = await heard(line)
    assert frame["commandType"] == "Common"
    assert at(frame, "message", "type") == "pdd_refund_RefundAgreeAgreement"
    assert at(frame, "message", "mallID") == KEYS.mall_id
    content = str(at(frame, "message", "content"))
    assert '"refund_fee":19900' in content
    assert '"tid":"261112-110855290170733"' in content


async def test_what_was_not_acked_comes_again_on_the_next_connection() -> None:
    async with open_shop(ASLEEP) as world:
        await call(world, "pdd.pmc.user.permit")
        await move(world)
        async with world.client.ws_connect(opening(world)) as line:
            first = await heard(line)
        async with world.client.ws_connect(opening(world)) as line:
            again = await heard(line)
            assert again["id"] == first["id"]
            await line.send_json(ack(again))
            await move(world, "1/1/2")
            await heard(line)
            assert await acked(world) == [True, False]


@pytest.mark.parametrize(
    "wrong",
    [{"id": 1}, {"type": "pdd_trade_TradeConfirmed"}, {"mallID": 1}, {"sendTime": "x"}],
)
async def test_an_ack_that_names_another_message_acks_nothing(wrong: dict[str, object]) -> None:
    async with open_shop(Times(silence=60, again=0.1)) as world:
        await call(world, "pdd.pmc.user.permit")
        await move(world)
        async with world.client.ws_connect(opening(world)) as line:
            frame = await heard(line)
            await line.send_json(ack(frame, **wrong))
            assert (await heard(line))["id"] == frame["id"]
            assert await acked(world) == [False]


async def test_who_says_nothing_is_hung_up_on() -> None:
    async with (
        open_shop(Times(silence=0.2, again=60)) as world,
        world.client.ws_connect(opening(world)) as line,
    ):
        await line.send_str("hello?")
        frame = await line.receive(timeout=5)
        assert frame.type is aiohttp.WSMsgType.CLOSE


async def test_heartbeats_keep_the_connection() -> None:
    async with open_shop(Times(silence=0.4, again=60)) as world:
        await call(world, "pdd.pmc.user.permit")
        async with world.client.ws_connect(opening(world)) as line:
            for _ in range(6):
                await line.send_json({"commandType": "HeartBeat", "time": 1})
                with pytest.raises(TimeoutError):
                    await line.receive(timeout=0.1)
            await move(world)
            assert at(await heard(line), "message", "type") == "pdd_trade_TradeSuccess"
