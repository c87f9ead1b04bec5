"""Speaking to staff: repeats are suppressed, partial failures are seen."""

import pytest

from bot.turn.ports import Delivery, Doubtful, Later, Never, NoRoute, RenderedCard, Sent
from bot.wecom.app_channel import AppChannel
from tests.bot.wecom.scripted_wecom import AGENT, Hangs, Outfit, ScriptedWeCom, refusal

SEND, UPDATE = "message/send", "message/update_template_card"
CARD = RenderedCard("task-1", "新工单", "", (), (("ticket take T-1", "我来处理", 1),))


@pytest.fixture
def channel(kit: Outfit) -> AppChannel:
    return AppChannel(kit.client, AGENT)


async def test_text_names_each_person_once_and_suppresses_repeats(
    channel: AppChannel, wecom: ScriptedWeCom
) -> None:
    wecom.script[SEND] = [{"errcode": 0, "invaliduser": "", "msgid": "m1"}]
    assert await channel.text(["AMei", "xiaolu", "amei"], "早上好") == Sent({"msgid": "m1"})
    assert wecom.bodies(SEND) == [
        {
            "touser": "amei|xiaolu",
            "msgtype": "text",
            "agentid": AGENT,
            "text": {"content": "早上好"},
            "enable_duplicate_check": 1,
            "duplicate_check_interval": 1800,
        }
    ]


async def test_a_lost_answer_is_asked_for_again(channel: AppChannel, wecom: ScriptedWeCom) -> None:
    wecom.script[SEND] = [Hangs(), {"errcode": 0, "msgid": "m1"}]
    assert await channel.markdown(["amei"], "**日报**") == Sent({"msgid": "m1"})
    assert len(wecom.bodies(SEND)) == 2
    wecom.script[SEND] = [Hangs()]
    assert isinstance(await channel.text(["amei"], "在吗"), Doubtful)


async def test_some_who_were_not_reached_are_named(
    channel: AppChannel, wecom: ScriptedWeCom
) -> None:
    wecom.script[SEND] = [
        {"errcode": 0, "invaliduser": "Gone", "unlicenseduser": "trial", "msgid": "m1"}
    ]
    delivery = await channel.text(["amei", "gone", "trial"], "早上好")
    assert delivery == Sent({"msgid": "m1", "invaliduser": "gone|trial"})


@pytest.mark.parametrize(
    "step", [refusal(81013), {"errcode": 0, "invaliduser": "gone|Left", "msgid": "m1"}]
)
async def test_nobody_reached_is_never(
    channel: AppChannel, wecom: ScriptedWeCom, step: dict[str, object]
) -> None:
    wecom.script[SEND] = [step]
    delivery = await channel.text(["Gone", "left"], "早上好")
    assert isinstance(delivery, Never)
    assert "81013" in delivery.reason


@pytest.mark.parametrize("to", [[], [""], [f"u{n}" for n in range(1001)]])
async def test_nobody_and_too_many_are_refused_here(
    channel: AppChannel, wecom: ScriptedWeCom, to: list[str]
) -> None:
    assert isinstance(await channel.text(to, "早上好"), Never)
    assert wecom.asked == []


async def test_a_card_brings_its_code(channel: AppChannel, wecom: ScriptedWeCom) -> None:
    wecom.script[SEND] = [{"errcode": 0, "msgid": "m1", "response_code": "rc1"}]
    assert await channel.card(["amei"], CARD) == Sent({"msgid": "m1", "response_code": "rc1"})
    [body] = wecom.bodies(SEND)
    assert body["msgtype"] == "template_card"


async def test_a_card_whose_task_is_used_is_out(channel: AppChannel, wecom: ScriptedWeCom) -> None:
    wecom.script[SEND] = [refusal(42014, "task_id was used before")]
    assert isinstance(await channel.card(["amei"], CARD), Sent)


async def test_a_card_that_cannot_be_is_never(channel: AppChannel, wecom: ScriptedWeCom) -> None:
    bad = RenderedCard("不行", "t", "", (), (("k", "l", 1),))
    assert isinstance(await channel.card(["amei"], bad), Never)
    assert wecom.asked == []


@pytest.mark.parametrize("errcode", [301002, 43012, 48002, 60020])
async def test_a_setting_to_repair_lets_the_message_wait(
    channel: AppChannel, wecom: ScriptedWeCom, errcode: int
) -> None:
    wecom.script[SEND] = [refusal(errcode)]
    delivery = await channel.text(["amei"], "早上好")
    assert isinstance(delivery, Later)
    assert delivery.free


async def test_a_card_is_closed_for_all_with_one_code(
    channel: AppChannel, wecom: ScriptedWeCom
) -> None:
    assert await channel.close_card("rc1", ["AMei", "xiaolu"], "阿美已接单") == Sent()
    assert wecom.bodies(UPDATE) == [
        {
            "userids": ["amei", "xiaolu"],
            "agentid": AGENT,
            "response_code": "rc1",
            "button": {"replace_name": "阿美已接单"},
        }
    ]


@pytest.mark.parametrize(
    ("steps", "delivery"),
    [
        ([refusal(60140)], NoRoute("code")),
        ([Hangs(), refusal(60140)], Sent()),
        ([Hangs(), {"errcode": 0}], Sent()),
        ([Hangs(), Hangs()], Doubtful("wecom.answer_lost:connection_lost")),
    ],
)
async def test_a_lost_answer_to_a_closing_is_settled_by_its_code(
    channel: AppChannel, wecom: ScriptedWeCom, steps: list[object], delivery: Delivery
) -> None:
    wecom.script[UPDATE] = [each for each in steps if isinstance(each, dict | Hangs)]
    assert await channel.close_card("rc1", ["amei"], "已处理") == delivery
