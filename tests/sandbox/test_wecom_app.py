"""message/send, recall, menu, media and the group robot."""

import base64
import hashlib
import io

import aiohttp
import pytest

from tests.sandbox.house import SETTINGS, House, as_object, objects
from tests.sandbox.scripted_bot import Json

SEAT = "member:amei"
CARD: Json = {
    "card_type": "text_notice",
    "main_title": {"title": "日报"},
    "card_action": {"type": 1, "url": "https://shop.example"},
}


async def send(house: House, **changes: object) -> Json:
    """message/send of a plain text to 阿美, with fields changed (None: left out)."""
    body: Json = {
        "touser": "amei",
        "agentid": SETTINGS.agent_id,
        "msgtype": "text",
        "text": {"content": "你好"},
    }
    body |= changes
    return await house.api("message/send", {k: v for k, v in body.items() if v is not None})


REFUSED: dict[str, tuple[Json, int]] = {
    "nobody": ({"touser": None}, 82001),
    "strangers only": ({"touser": "who|else"}, 81013),
    "a list for touser": ({"touser": ["amei"]}, 40058),
    "1001 people": ({"touser": "|".join(f"u{n}" for n in range(1001))}, 40032),
    "no agentid": ({"agentid": None}, 40056),
    "agentid as text": ({"agentid": "1000002"}, 40056),
    "another app": ({"agentid": 1000003}, 301002),
    "no msgtype": ({"msgtype": None}, 40008),
    "an unknown msgtype": ({"msgtype": "dance"}, 40008),
    "an empty text": ({"text": {"content": ""}}, 44004),
    "markdown of 2049 bytes": (
        {"msgtype": "markdown", "markdown": {"content": "a" * 2049}},
        45002,
    ),
    "safe markdown": (
        {"msgtype": "markdown", "markdown": {"content": "a"}, "safe": 1},
        40058,
    ),
    "a text card without url": (
        {"msgtype": "textcard", "textcard": {"title": "t", "description": "d"}},
        41010,
    ),
    "a text card without description": (
        {"msgtype": "textcard", "textcard": {"title": "t", "url": "https://a"}},
        41033,
    ),
    "a long button on a text card": (
        {
            "msgtype": "textcard",
            "textcard": {
                "title": "t",
                "description": "d",
                "url": "https://a",
                "btntxt": "五个字的字",
            },
        },
        40058,
    ),
    "nine articles": (
        {"msgtype": "news", "news": {"articles": [{"title": "t", "url": "https://a"}] * 9}},
        45008,
    ),
    "an unknown file": ({"msgtype": "file", "file": {"media_id": "x"}}, 40007),
    "too long a duplicate check": (
        {"enable_duplicate_check": 1, "duplicate_check_interval": 4 * 3600 + 1},
        40058,
    ),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_what_is_malformed_is_refused(house: House, case: str) -> None:
    changes, errcode = REFUSED[case]
    assert (await send(house, **changes))["errcode"] == errcode
    assert await house.lines(SEAT) == []


async def test_unknown_people_are_named_and_the_others_reached(house: House) -> None:
    answer = await send(house, touser="AMei|Ghost|xiaolu")
    assert (answer["errcode"], answer["invaliduser"]) == (0, "ghost")
    assert len(await house.lines("member:xiaolu")) == 1


async def test_everybody_is_everybody_in_the_visible_range(house: House) -> None:
    await send(house, touser="@all")
    assert len(await house.lines("member:manyun")) == 1


async def test_a_long_text_is_cut_at_2048_bytes_of_whole_letters(house: House) -> None:
    assert (await send(house, text={"content": "好" * 700}))["errcode"] == 0
    line = (await house.lines(SEAT))[0]
    assert as_object(line["body"])["content"] == "好" * 682
    assert "54" in str(line["note"])


async def test_the_31st_message_of_a_minute_is_dropped_without_a_word(house: House) -> None:
    codes = {(await send(house))["errcode"] for _ in range(31)}
    assert codes == {0}
    states = [line["state"] for line in await house.lines(SEAT)]
    assert states == ["sent"] * 30 + ["dropped"]
    house.turn(seconds=61)
    await send(house)
    assert (await house.lines(SEAT))[-1]["state"] == "sent"


async def test_the_same_content_is_suppressed_when_asked(house: House) -> None:
    first = await send(house, enable_duplicate_check=1)
    second = await send(house, enable_duplicate_check=1)
    assert (first["errcode"], second["errcode"]) == (0, 0)
    assert [line["state"] for line in await house.lines(SEAT)] == ["sent", "suppressed"]
    house.turn(seconds=1801)
    await send(house, enable_duplicate_check=1)
    assert (await house.lines(SEAT))[-1]["state"] == "sent"


async def test_a_message_can_be_recalled_for_a_day(house: House) -> None:
    first = await send(house)
    second = await send(house)
    assert (await house.api("message/recall", {"msgid": first["msgid"]}))["errcode"] == 0
    assert [line["state"] for line in await house.lines(SEAT)] == ["recalled", "sent"]
    house.turn(hours=24, seconds=1)
    late = await house.api("message/recall", {"msgid": second["msgid"]})
    assert late["errcode"] == 42052
    assert (await house.api("message/recall", {"msgid": "x"}))["errcode"] == 40058


async def test_a_notice_card_gets_no_response_code(house: House) -> None:
    answer = await send(house, msgtype="template_card", template_card=CARD)
    assert answer["errcode"] == 0
    assert "response_code" not in answer


async def test_the_menu_is_kept_and_deleted(house: House) -> None:
    agentid = str(SETTINGS.agent_id)
    assert (await house.api("menu/get", agentid=agentid))["errcode"] == 46003
    button: Json = {"type": "click", "name": "我的工单", "key": "tickets"}
    made = await house.api("menu/create", {"button": [button]}, agentid=agentid)
    assert made["errcode"] == 0
    assert (await house.api("menu/get", agentid=agentid))["button"] == [button]
    await house.api("menu/delete", agentid=agentid)
    assert (await house.api("menu/get", agentid=agentid))["errcode"] == 46003


@pytest.mark.parametrize(
    ("buttons", "errcode"),
    [
        ([], 40016),
        ([{"type": "click", "name": "a", "key": "k"}] * 4, 40016),
        ([{"type": "jump", "name": "a", "key": "k"}], 40017),
        ([{"type": "click", "name": "六个汉字太长", "key": "k"}], 40018),
        ([{"type": "click", "name": "a"}], 40019),
        ([{"type": "view", "name": "a"}], 40020),
        ([{"name": "a", "sub_button": [{"type": "click", "name": "b", "key": "k"}] * 6}], 40023),
    ],
)
async def test_a_bad_menu_is_refused(house: House, buttons: list[Json], errcode: int) -> None:
    answer = await house.api("menu/create", {"button": buttons}, agentid=str(SETTINGS.agent_id))
    assert answer["errcode"] == errcode


async def _upload(house: House, kind: str, data: bytes) -> Json:
    await house.api("getcallbackip")
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("media", io.BytesIO(data), filename="报表 1.png", content_type="image/png")
    query = {"access_token": house.token, "type": kind}
    answer = await house.http.post(f"{house.url}/cgi-bin/media/upload", params=query, data=form)
    return as_object(await answer.json())


async def test_an_upload_comes_back_as_it_was(house: House) -> None:
    data = b"\x89PNG\r\n\x1a\n" + b"x" * 100
    made = await _upload(house, "image", data)
    query = {"access_token": house.token, "media_id": str(made["media_id"])}
    answer = await house.http.get(f"{house.url}/cgi-bin/media/get", params=query)
    assert await answer.read() == data
    house.turn(hours=73)
    assert (await house.api("media/get", media_id=str(made["media_id"])))["errcode"] == 40007


@pytest.mark.parametrize(
    ("kind", "data", "errcode"),
    [
        ("picture", b"x" * 10, 40004),
        ("image", b"hello!", 40005),
        ("image", b"x", 44001),
        ("voice", b"x" * (2 * 1024 * 1024 + 1), 45001),
    ],
    ids=["kind", "no picture", "one byte", "too much"],
)
async def test_a_bad_upload_is_refused(house: House, kind: str, data: bytes, errcode: int) -> None:
    assert (await _upload(house, kind, data))["errcode"] == errcode


async def _robot(house: House, body: Json, key: str = "robot-key-1") -> Json:
    url = f"{house.url}/cgi-bin/webhook/send"
    answer = await house.http.post(url, params={"key": key}, json=body)
    return as_object(await answer.json())


async def test_the_group_robot_takes_twenty_a_minute(house: House) -> None:
    body: Json = {"msgtype": "markdown", "markdown": {"content": "a" * 4096}}
    codes = [(await _robot(house, body))["errcode"] for _ in range(21)]
    assert codes == [0] * 20 + [45009]
    assert (await _robot(house, body, key="robot-key-2"))["errcode"] == 0
    assert len(await house.lines("group:robot-key-1")) == 20


PICTURE = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("body", "errcode"),
    [
        ({"msgtype": "markdown", "markdown": {"content": "a" * 4097}}, 45002),
        ({"msgtype": "text", "text": {"content": "a" * 2049}}, 45002),
        ({"msgtype": "voice", "voice": {"media_id": "x"}}, 40008),
        ({"msgtype": "template_card", "template_card": {"card_type": "vote_interaction"}}, 42031),
        (
            {
                "msgtype": "image",
                "image": {"base64": base64.b64encode(PICTURE).decode(), "md5": "0" * 32},
            },
            301019,
        ),
        (
            {
                "msgtype": "image",
                "image": {
                    "base64": base64.b64encode(PICTURE).decode(),
                    "md5": hashlib.md5(PICTURE, usedforsecurity=False).hexdigest(),
                },
            },
            0,
        ),
    ],
)
async def test_the_group_robot_has_its_own_limits(house: House, body: Json, errcode: int) -> None:
    assert (await _robot(house, body))["errcode"] == errcode


async def test_a_wrong_robot_key_is_refused(house: House) -> None:
    assert (await _robot(house, {}, key=""))["errcode"] == 93000


async def test_the_account_list_is_paged(house: House) -> None:
    first = await house.api("kf/account/list", {"offset": 0, "limit": 1})
    second = await house.api("kf/account/list", {"offset": 1, "limit": 1})
    names = [objects(page["account_list"])[0]["name"] for page in (first, second)]
    assert names == ["测试客服", "测试售后"]
    assert (await house.api("kf/account/list", {"limit": 101}))["errcode"] == 40058
