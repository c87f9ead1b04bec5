"""kf/send_msg: every limit and its errcode."""

import pytest

from tests.sandbox.house import CHEN, KF, OTHER_KF, YU, House, objects
from tests.sandbox.scripted_bot import Json

SEAT = f"customer:{KF}:{YU}"


def menu(*items: Json, **more: object) -> Json:
    return {"msgtype": "msgmenu", "text": None, "msgmenu": {"list": list(items), **more}}


def click(label: str = "好", key: str = "k") -> Json:
    return {"type": "click", "click": {"id": key, "content": label}}


def text_item(content: str = "说明") -> Json:
    return {"type": "text", "text": {"content": content}}


REFUSED: dict[str, tuple[Json, int]] = {
    "no customer": ({"touser": None}, 40058),
    "an unknown customer": ({"touser": "wmNobody"}, 40096),
    "no account": ({"open_kfid": None}, 40058),
    "what is no account id": ({"open_kfid": "abc"}, 95000),
    "an unknown account": ({"open_kfid": "wkNobody"}, 95004),
    "no msgtype": ({"msgtype": None}, 40058),
    "an unknown msgtype": ({"msgtype": "markdown"}, 40008),
    "a missing body": ({"text": None}, 40058),
    "an empty text": ({"text": {"content": ""}}, 44004),
    "a text that is a number": ({"text": {"content": 7}}, 40058),
    "2049 bytes": ({"text": {"content": "a" * 2049}}, 45002),
    "683 Chinese characters": ({"text": {"content": "好" * 683}}, 45002),
    "an empty msgid": ({"msgid": ""}, 40058),
    "33 characters of msgid": ({"msgid": "a" * 33}, 40058),
    "a msgid with a dot": ({"msgid": "a.b"}, 40058),
    "an unknown picture": ({"msgtype": "image", "image": {"media_id": "none"}}, 40007),
    "a link without title": ({"msgtype": "link", "link": {"url": "https://a"}}, 41016),
    "eleven buttons": (menu(*[click() for _ in range(11)]), 95008),
    "51 items": (menu(*[text_item() for _ in range(51)]), 95008),
    "an unknown item": (menu({"type": "dance", "dance": {}}), 95009),
    "an item without body": (menu({"type": "click"}), 95009),
    "a label of 129 bytes": (menu(click("好" * 43)), 45002),
    "an id of 129 bytes": (menu(click(key="a" * 129)), 45002),
    "a head of 1025 bytes": (menu(click(), head_content="a" * 1025), 45002),
    "an empty menu": (menu(), 40058),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_what_is_malformed_is_refused(house: House, case: str) -> None:
    changes, errcode = REFUSED[case]
    await house.customer_says("在吗")
    assert (await house.reply(**changes))["errcode"] == errcode


ACCEPTED: dict[str, Json] = {
    "2048 bytes": {"text": {"content": "a" * 2048}},
    "682 Chinese characters": {"text": {"content": "好" * 682}},
    "a msgid of 32": {"msgid": "aZ09_-" + "x" * 26},
    "ten buttons and forty texts": menu(
        *[click() for _ in range(10)], *[text_item() for _ in range(40)], head_content="要哪个？"
    ),
    "a place": {
        "msgtype": "location",
        "location": {"name": "店", "latitude": 31.1, "longitude": 121.4},
    },
}


@pytest.mark.parametrize("case", ACCEPTED)
async def test_what_is_within_the_limits_is_sent(house: House, case: str) -> None:
    await house.customer_says("在吗")
    answer = await house.reply(**ACCEPTED[case])
    assert answer["errcode"] == 0
    assert answer["msgid"]


async def test_five_replies_and_then_the_customer_must_speak(house: House) -> None:
    await house.customer_says("在吗")
    codes = [(await house.reply())["errcode"] for _ in range(6)]
    assert codes == [0, 0, 0, 0, 0, 95001]
    rejected = (await house.lines(SEAT))[-1]
    assert rejected["state"] == "rejected"
    assert str(rejected["note"]).startswith("95001")
    await house.customer_says("还在吗")
    assert (await house.reply())["errcode"] == 0


async def test_after_48_hours_nothing_may_be_sent(house: House) -> None:
    await house.customer_says("在吗")
    house.turn(hours=48, seconds=-60)
    assert (await house.reply())["errcode"] == 0
    house.turn(seconds=120)
    assert (await house.reply())["errcode"] == 95002


async def test_before_the_customer_has_written_nothing_may_be_sent(house: House) -> None:
    assert (await house.reply())["errcode"] == 95018


@pytest.mark.parametrize("state", [2, 3, 4])
async def test_only_an_assistants_session_takes_replies(house: House, state: int) -> None:
    await house.customer_says("在吗")
    moved = await house.api(
        "kf/service_state/trans",
        {
            "open_kfid": KF,
            "external_userid": YU,
            "service_state": state,
            "servicer_userid": "amei",
        },
    )
    assert moved["errcode"] == 0
    assert (await house.reply())["errcode"] == 95018


async def test_a_reply_to_a_new_session_makes_it_the_assistants(house: House) -> None:
    await house.customer_says("在吗")
    assert await _state(house) == 0
    await house.reply()
    assert await _state(house) == 1


async def test_a_msgid_works_once_per_account(house: House) -> None:
    await house.customer_says("在吗")
    assert (await house.reply(msgid="m1"))["msgid"] == "m1"
    again = await house.reply(msgid="m1")
    assert again["errcode"] == 40058
    assert "msgid repeated" in str(again["errmsg"])
    await house.customer_says("在吗", CHEN, OTHER_KF)
    other = await house.reply(touser=CHEN, open_kfid=OTHER_KF, msgid="m1")
    assert other["errcode"] == 0


async def test_a_refused_reply_does_not_use_up_its_msgid(house: House) -> None:
    assert (await house.reply(msgid="m1"))["errcode"] == 95018
    await house.customer_says("在吗")
    assert (await house.reply(msgid="m1"))["errcode"] == 0


async def test_a_welcome_code_works_once_within_twenty_seconds(house: House) -> None:
    code = await _welcome_code(house)
    assert (await _on_event(house, code))["errcode"] == 0
    assert (await _on_event(house, code))["errcode"] == 41050
    assert (await house.lines(SEAT))[-1]["body"] == {"content": "欢迎"}


async def test_a_welcome_code_is_dead_after_twenty_seconds(house: House) -> None:
    code = await _welcome_code(house)
    house.turn(seconds=21)
    assert (await _on_event(house, code))["errcode"] == 41050


async def test_a_welcome_is_given_once_in_48_hours(house: House) -> None:
    await _on_event(house, await _welcome_code(house))
    again = await house.control("customer/enter", {"external_userid": YU})
    assert again["welcome_code"] is None
    house.turn(hours=49)
    assert await _welcome_code(house)


async def test_who_has_already_written_is_not_welcomed(house: House) -> None:
    await house.customer_says("在吗")
    entered = await house.control("customer/enter", {"external_userid": YU})
    assert entered["welcome_code"] is None


async def test_a_queue_code_sends_text_only_and_only_while_queueing(house: House) -> None:
    await house.customer_says("转人工")
    code = await _trans(house, 2)
    menu_body = {"code": code, "msgtype": "msgmenu", "msgmenu": {"head_content": "请稍等"}}
    assert (await house.api("kf/send_msg_on_event", dict(menu_body)))["errcode"] == 40008
    await _trans(house, 4)
    assert (await _on_event(house, code))["errcode"] == 95018


async def test_a_farewell_code_lives_twenty_seconds(house: House) -> None:
    await house.customer_says("好的")
    code = await _trans(house, 4)
    house.turn(seconds=19)
    assert (await _on_event(house, code))["errcode"] == 0


async def test_a_message_can_fail_after_it_was_accepted(house: House) -> None:
    await house.customer_says("在吗")
    await house.control("faults", {"callbacks": {"fail_next_sends": 1, "fail_type": 10}})
    await house.reply(msgid="m1")
    history = await house.api("kf/sync_msg", {"open_kfid": KF})
    failed = objects(history["msg_list"])[-1]["event"]
    assert failed == {
        "event_type": "msg_send_fail",
        "open_kfid": KF,
        "external_userid": YU,
        "fail_msgid": "m1",
        "fail_type": 10,
    }


async def _state(house: House) -> object:
    asked: Json = {"open_kfid": KF, "external_userid": YU}
    return (await house.api("kf/service_state/get", asked))["service_state"]


async def _trans(house: House, state: int) -> str:
    asked: Json = {"open_kfid": KF, "external_userid": YU, "service_state": state}
    return str((await house.api("kf/service_state/trans", asked))["msg_code"])


async def _welcome_code(house: House) -> str:
    entered = await house.control("customer/enter", {"external_userid": YU})
    assert entered["welcome_code"]
    return str(entered["welcome_code"])


async def _on_event(house: House, code: str) -> Json:
    body: Json = {"code": code, "msgtype": "text", "text": {"content": "欢迎"}}
    return await house.api("kf/send_msg_on_event", body)
