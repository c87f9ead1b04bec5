"""Callbacks out: verified, signed, retried, repeated, lost on command."""

import pytest

from tests.sandbox.house import KF, SETTINGS, YU, House, objects
from tests.sandbox.scripted_bot import Json


async def _delivery(house: House) -> Json:
    return objects((await house.control("deliveries"))["deliveries"])[-1]


async def test_the_doorbell_has_exactly_its_documented_fields(house: House) -> None:
    await house.customer_says("在吗")
    await house.quiet()
    (doorbell,) = house.bot.callbacks
    assert [child.tag for child in doorbell] == [
        "ToUserName",
        "CreateTime",
        "MsgType",
        "Event",
        "Token",
        "OpenKfId",
    ]
    assert doorbell.findtext("ToUserName") == SETTINGS.corp_id
    assert doorbell.findtext("OpenKfId") == KF
    delivery = await _delivery(house)
    assert delivery["outcome"] == "delivered"
    assert objects(delivery["attempts"])[0]["status"] == 200


async def test_a_colleagues_message_has_an_id_and_the_agent(house: House) -> None:
    await house.control("staff/message", {"userid": "AMei", "text": "/help ]]> <b>"})
    await house.quiet()
    message = house.bot.callbacks[-1]
    assert message.findtext("FromUserName") == "amei"
    assert message.findtext("Content") == "/help ]]> <b>"
    assert message.findtext("AgentID") == str(SETTINGS.agent_id)
    assert str(message.findtext("MsgId")).isdigit()


@pytest.mark.parametrize("event", ["enter_agent", "subscribe"])
async def test_opening_the_app_is_an_event_without_an_id(house: House, event: str) -> None:
    await house.control("staff/event", {"userid": "amei", "event": event})
    await house.quiet()
    callback = house.bot.callbacks[-1]
    assert callback.findtext("Event") == event
    assert callback.find("MsgId") is None


async def test_a_passive_text_reply_is_shown(house: House) -> None:
    house.bot.passive = (
        "<xml><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[收到]]></Content></xml>"
    )
    await house.control("staff/message", {"userid": "amei", "text": "在吗"})
    await house.quiet()
    assert (await house.lines("member:amei"))[-1]["body"] == {"content": "收到"}
    assert (await _delivery(house))["reply"] == "text"


async def test_a_failing_bot_is_tried_three_times(house: House) -> None:
    house.bot.status = 500
    await house.customer_says("在吗")
    await house.quiet()
    delivery = await _delivery(house)
    assert delivery["outcome"] == "failed"
    assert [one["status"] for one in objects(delivery["attempts"])] == [500, 500, 500]
    assert len({query["nonce"] for query in house.bot.queries}) == 3


async def test_an_absent_bot_is_tried_three_times(house: House) -> None:
    await house.servers[1].close()
    await house.customer_says("在吗")
    await house.quiet()
    delivery = await _delivery(house)
    errors = [str(one["error"]) for one in objects(delivery["attempts"])]
    assert len(errors) == 3
    assert all("Connector" in error or "Disconnected" in error for error in errors)


async def test_a_bot_that_thinks_too_long_is_asked_again(house: House) -> None:
    house.corp.courier.answer_seconds = 0.05
    house.bot.thinks_seconds = 0.3
    await house.customer_says("在吗")
    await house.quiet()
    delivery = await _delivery(house)
    assert [one["error"] for one in objects(delivery["attempts"])] == ["TimeoutError"] * 3
    assert len(house.bot.callbacks) == 3


async def test_every_callback_can_come_three_times(house: House) -> None:
    await house.control("faults", {"callbacks": {"copies": 3, "shuffle_ms": 20}})
    await house.control("staff/message", {"userid": "amei", "text": "/help"})
    await house.quiet()
    assert len(house.bot.callbacks) == 3
    assert len({callback.findtext("MsgId") for callback in house.bot.callbacks}) == 1


async def test_a_doorbell_can_be_lost_while_the_message_stays(house: House) -> None:
    await house.control("faults", {"callbacks": {"drop_doorbells": 1}})
    await house.customer_says("一")
    await house.quiet()
    assert house.bot.callbacks == []
    assert (await _delivery(house))["outcome"] == "dropped"
    await house.customer_says("二")
    await house.quiet()
    assert len(await house.bot.pull(house.bot.callbacks[0])) == 2


async def test_the_url_is_verified_once_the_bot_answers(house: House) -> None:
    state = await house.control("verify", {})
    assert state["verification"] == "verified"
    assert state["reachable"] is True


async def test_a_bot_with_the_wrong_key_fails_the_verification(house: House) -> None:
    house.bot.settings = type(SETTINGS)(
        corp_id=SETTINGS.corp_id,
        agent_id=1,
        secret="",
        token="anotherToken",
        aes_key=SETTINGS.aes_key,
    )
    state = await house.control("verify", {})
    assert state["verification"] == "refused"
    assert state["detail"] == "HTTP 500"


async def test_a_tiny_bot_answers_a_customer(house: House) -> None:
    async def script(bot: object, callback: object) -> None:
        for message in await house.bot.pull(house.bot.callbacks[-1]):
            assert message["text"] == {"content": "在吗"}
            await house.reply(text={"content": "在的"})

    house.bot.script = script
    await house.customer_says("在吗")
    await house.quiet()
    said = [line["body"] for line in await house.lines(f"customer:{KF}:{YU}")]
    assert said == [{"content": "在吗"}, {"content": "在的"}]
    metrics = await house.control("metrics?detail=1")
    assert (metrics["messages"], metrics["answered"]) == (1, 1)
    assert metrics["p95_ms"] == objects(metrics["samples"])[0]["ms"]
