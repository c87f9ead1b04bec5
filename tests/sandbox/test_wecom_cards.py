"""Template cards: field limits, clicks, updates by response_code."""

import copy
from collections.abc import Mapping

import pytest

from tests.sandbox.house import SETTINGS, House, as_object
from tests.sandbox.scripted_bot import Json

AGENT = SETTINGS.agent_id
BUTTON: Json = {"text": "我来处理", "style": 1, "key": "take"}
OPTION: Json = {"id": "a", "text": "甲"}
BASE: dict[str, Json] = {
    "buttons": {
        "card_type": "button_interaction",
        "main_title": {"title": "新工单"},
        "task_id": "T-1",
        "button_list": [BUTTON],
    },
    "vote": {
        "card_type": "vote_interaction",
        "main_title": {"title": "打分"},
        "task_id": "T-1",
        "checkbox": {"question_key": "q", "option_list": [OPTION], "mode": 1},
        "submit_button": {"text": "提交", "key": "s"},
    },
    "selects": {
        "card_type": "multiple_interaction",
        "main_title": {"title": "分派"},
        "task_id": "T-1",
        "select_list": [{"question_key": "who", "title": "给谁", "option_list": [OPTION]}],
        "submit_button": {"text": "提交", "key": "s"},
    },
    "notice": {
        "card_type": "text_notice",
        "main_title": {"title": "日报"},
        "card_action": {"type": 1, "url": "https://shop.example"},
    },
}


def card(base: str, **changes: object) -> Json:
    """A card with fields changed; None leaves a field out."""
    built = copy.deepcopy(BASE[base]) | changes
    return {name: value for name, value in built.items() if value is not None}


async def send(house: House, wanted: Mapping[str, object], touser: str = "amei") -> Json:
    """message/send of a card."""
    body: Json = {
        "touser": touser,
        "agentid": AGENT,
        "msgtype": "template_card",
        "template_card": dict(wanted),
    }
    return await house.api("message/send", body)


ROW: Json = {"keyname": "顾客", "value": "小雨"}
REFUSED: dict[str, tuple[Json, int]] = {
    "an unknown kind": (card("buttons", card_type="poster"), 42031),
    "no title": (card("buttons", main_title=None), 42033),
    "no task_id": (card("buttons", task_id=None), 42014),
    "a task_id with a space": (card("buttons", task_id="T 1"), 42014),
    "a task_id of 129": (card("buttons", task_id="a" * 129), 42014),
    "no buttons": (card("buttons", button_list=[]), 42038),
    "seven buttons": (card("buttons", button_list=[BUTTON] * 7), 42038),
    "eleven letters on a button": (
        card("buttons", button_list=[{**BUTTON, "text": "十一个字的按钮真的太长"}]),
        42038,
    ),
    "a button without key": (card("buttons", button_list=[{"text": "好"}]), 42039),
    "a key of 1025 bytes": (card("buttons", button_list=[{**BUTTON, "key": "a" * 1025}]), 42039),
    "style 5": (card("buttons", button_list=[{**BUTTON, "style": 5}]), 40058),
    "seven rows": (card("buttons", horizontal_content_list=[ROW] * 7), 42035),
    "a row without name": (card("buttons", horizontal_content_list=[{"value": "x"}]), 42027),
    "a link row without url": (
        card("buttons", horizontal_content_list=[{**ROW, "type": 1}]),
        42028,
    ),
    "four jumps": (card("buttons", jump_list=[{"title": "看"}] * 4), 42042),
    "a notice without action": (card("notice", card_action=None), 42045),
    "a vote without options": (
        card("vote", checkbox={"question_key": "q", "option_list": []}),
        42037,
    ),
    "21 options": (
        card("vote", checkbox={"question_key": "q", "option_list": [OPTION] * 21}),
        42037,
    ),
    "a vote without submit": (card("vote", submit_button=None), 42049),
    "four selects": (
        card("selects", select_list=[{"question_key": "w", "option_list": [OPTION]}] * 4),
        42047,
    ),
    "no selects": (card("selects", select_list=[]), 42047),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_what_is_malformed_is_refused(house: House, case: str) -> None:
    wanted, errcode = REFUSED[case]
    assert (await send(house, wanted))["errcode"] == errcode


@pytest.mark.parametrize("kind", ["buttons", "vote", "selects"])
async def test_a_whole_card_is_sent_with_a_response_code(house: House, kind: str) -> None:
    answer = await send(house, card(kind, horizontal_content_list=[ROW] * 6))
    assert answer["errcode"] == 0
    assert answer["response_code"]


async def test_a_task_id_is_unique_for_ever(house: House) -> None:
    await send(house, card("buttons"))
    house.turn(days=400)
    assert (await send(house, card("buttons")))["errcode"] == 42014


async def test_a_click_comes_as_a_callback_with_its_own_code(house: House) -> None:
    sent = await send(house, card("vote"))
    await _click(house, str(sent["msgid"]), "s", {"q": ["a"]})
    callback = house.bot.callbacks[-1]
    assert callback.findtext("Event") == "template_card_event"
    assert callback.findtext("FromUserName") == "amei"
    assert callback.findtext("TaskId") == "T-1"
    assert callback.findtext("EventKey") == "s"
    assert callback.findtext("CardType") == "vote_interaction"
    assert callback.findtext("SelectedItems/SelectedItem/QuestionKey") == "q"
    assert callback.findtext("SelectedItems/SelectedItem/OptionIds/OptionId") == "a"
    assert callback.findtext("ResponseCode") != sent["response_code"]


async def test_a_response_code_updates_the_card_once(house: House) -> None:
    sent = await send(house, card("buttons"), touser="amei|xiaolu")
    code = sent["response_code"]
    answer = await _update(house, code, ["amei", "xiaolu", "manyun"])
    assert (answer["errcode"], answer["invaliduser"]) == (0, ["manyun"])
    for userid in ("amei", "xiaolu"):
        line = (await house.lines(f"member:{userid}"))[0]
        assert as_object(line["body"])["replace_name"] == "已处理"
    assert (await _update(house, code, ["amei"]))["errcode"] == 60140


async def test_a_response_code_is_dead_after_72_hours(house: House) -> None:
    sent = await send(house, card("buttons"))
    house.turn(hours=72, seconds=1)
    assert (await _update(house, sent["response_code"], ["amei"]))["errcode"] == 60140


async def test_a_malformed_update_does_not_use_up_the_code(house: House) -> None:
    sent = await send(house, card("buttons"))
    assert (await _update(house, sent["response_code"], []))["errcode"] == 40058
    assert (await _update(house, sent["response_code"], ["amei"]))["errcode"] == 0


async def test_a_card_can_be_replaced_as_a_whole(house: House) -> None:
    sent = await send(house, card("buttons"))
    new = card("buttons", main_title={"title": "已派给小鹿"}, replace_text="已派单", task_id=None)
    body: Json = {
        "userids": ["amei"],
        "agentid": AGENT,
        "response_code": sent["response_code"],
        "template_card": new,
    }
    assert (await house.api("message/update_template_card", body))["errcode"] == 0
    shown = as_object((await house.lines("member:amei"))[0]["body"])
    assert as_object(shown["main_title"])["title"] == "已派给小鹿"
    assert (shown["task_id"], shown["replace_text"]) == ("T-1", "已派单")


async def test_a_passive_reply_updates_the_clickers_card_only(house: House) -> None:
    sent = await send(house, card("buttons"), touser="amei|xiaolu")
    house.bot.passive = (
        "<xml><MsgType><![CDATA[update_button]]></MsgType>"
        "<Button><ReplaceName><![CDATA[处理中]]></ReplaceName></Button></xml>"
    )
    await _click(house, str(sent["msgid"]), "take", {})
    mine = (await house.lines("member:amei"))[0]
    other = (await house.lines("member:xiaolu"))[0]
    assert as_object(mine["body"])["replace_name"] == "处理中"
    assert "replace_name" not in as_object(other["body"])


async def _click(house: House, msgid: str, key: str, selected: Json) -> None:
    body: Json = {"userid": "amei", "msgid": msgid, "key": key, "selected": selected}
    await house.control("staff/card", body)
    await house.quiet()


async def _update(house: House, code: object, userids: list[str]) -> Json:
    body: Json = {
        "userids": userids,
        "agentid": AGENT,
        "response_code": code,
        "button": {"replace_name": "已处理"},
    }
    return await house.api("message/update_template_card", body)
