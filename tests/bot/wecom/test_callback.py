"""The callback URL over real HTTP."""

import logging
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from bot.wecom.callback import MOST_BYTES, PATH
from bot.wecom.crypto import EnvelopeCrypto
from desk.conversations.incoming import Text, Unsupported
from tests.bot.wecom.callback_house import CORP, KEY, CallbackHouse, callback_house, envelope

TEXT = (
    f"<xml><ToUserName>{CORP}</ToUserName><FromUserName>AMei</FromUserName>"
    "<CreateTime>1409659813</CreateTime><MsgType>text</MsgType>"
    "<Content><![CDATA[/help 我的电话13800001111]]></Content><MsgId>77</MsgId>"
    "<AgentID>1000002</AgentID></xml>"
)
DOORBELL = (
    f"<xml><ToUserName>{CORP}</ToUserName><CreateTime>1348831860</CreateTime>"
    "<MsgType>event</MsgType><Event>kf_msg_or_event</Event>"
    "<Token>ENCtoken</Token><OpenKfId>wkAJ2GCAAA</OpenKfId></xml>"
)


@pytest.fixture
async def house() -> AsyncIterator[CallbackHouse]:
    async with callback_house() as opened:
        yield opened


async def test_the_check_is_answered_with_the_bare_plaintext(house: CallbackHouse) -> None:
    # This many tries surely meet a "+" or "/" in the base64.
    for number in range(20):
        sealed = house.crypto.seal(f"16161403175551610{number:02}", "1409659813", "n1")
        query = house.query(sealed.encrypt, echostr=sealed.encrypt)
        async with house.client.get(PATH, params=query) as answer:
            assert (answer.status, await answer.read()) == (
                200,
                f"16161403175551610{number:02}".encode(),
            )
            assert answer.content_type == "text/plain"


async def test_a_check_under_a_wrong_signature_is_refused(house: CallbackHouse) -> None:
    sealed = house.crypto.seal("161614", "1409659813", "n1")
    query = house.query(sealed.encrypt, echostr=sealed.encrypt, msg_signature="0" * 40)
    async with house.client.get(PATH, params=query) as answer:
        assert (answer.status, await answer.text()) == (403, "")


async def test_a_message_is_stored_before_an_empty_200(house: CallbackHouse) -> None:
    assert await house.post(TEXT) == (200, "")
    [stored] = house.door.stored
    assert (stored.person, stored.external_id) == ("amei", "77:amei:1000002")
    assert stored.content == Text("/help 我的电话13800001111")


async def test_a_doorbell_rings_with_its_token(house: CallbackHouse) -> None:
    assert await house.post(DOORBELL) == (200, "")
    assert house.door.rung == [("wkAJ2GCAAA", "ENCtoken")]
    assert house.door.stored == []


async def test_wecom_is_to_repeat_when_the_store_is_away(
    house: CallbackHouse, caplog: pytest.LogCaptureFixture
) -> None:
    house.door.is_away = True
    with caplog.at_level(logging.CRITICAL, logger="aiohttp.server"):
        assert (await house.post(TEXT))[0] == 500
        assert (await house.post(DOORBELL))[0] == 500
    house.door.is_away = False
    assert (await house.post(TEXT))[0] == 200
    assert len(house.door.stored) == 1


async def test_an_unknown_type_is_kept_whole_and_accepted(house: CallbackHouse) -> None:
    xml = TEXT.replace("<MsgType>text", "<MsgType>hologram")
    assert await house.post(xml) == (200, "")
    assert house.door.stored[0].content == Unsupported("hologram", xml)


async def test_a_wrong_signature_is_refused(house: CallbackHouse) -> None:
    sealed = house.crypto.seal(TEXT, "1409659813", "n1")
    query = house.query(sealed.encrypt) | {"timestamp": "1409659814"}
    assert await house.post_raw(envelope(sealed.encrypt), query) == (403, "")
    assert house.door.stored == []


async def test_a_message_for_another_corp_is_refused(house: CallbackHouse) -> None:
    other = EnvelopeCrypto("QDG6eK", KEY, "wwsomebodyelse")
    assert await house.post(TEXT, other) == (403, "")
    assert house.door.stored == []


async def test_a_message_under_another_key_is_refused(house: CallbackHouse) -> None:
    other = EnvelopeCrypto("QDG6eK", "a" * 42 + "E", CORP)
    assert await house.post(TEXT, other) == (400, "")


@pytest.mark.parametrize(
    "xml",
    [
        "<xml><MsgType>text</MsgType>",
        "no xml at all",
        "",
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><MsgType>&e;</MsgType></xml>',
    ],
)
async def test_broken_xml_inside_is_a_400(house: CallbackHouse, xml: str) -> None:
    assert await house.post(xml) == (400, "")
    assert house.door.stored == []


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<xml>",
        "<xml/>",
        '<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>',
        b"\xff\xfe\x00",
        b'<?xml version="1.0" encoding="klingon"?><xml/>',
    ],
)
async def test_a_broken_envelope_is_a_400(house: CallbackHouse, body: str | bytes) -> None:
    assert await house.post_raw(body, house.query("anything")) == (400, "")


async def test_a_huge_body_is_refused_by_its_announced_size(house: CallbackHouse) -> None:
    assert await house.post_raw(b"x" * (2 * MOST_BYTES), house.query("x")) == (413, "")


async def test_a_huge_body_without_a_size_is_not_read_to_its_end(house: CallbackHouse) -> None:
    given = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal given
        while given < 64 * MOST_BYTES:
            given += 65536
            yield b"x" * 65536

    async with house.client.post(PATH, params=house.query("x"), data=endless()) as answer:
        assert answer.status == 413
    assert given < 16 * MOST_BYTES


async def test_logs_tell_the_reason_but_nothing_that_was_said(house: CallbackHouse) -> None:
    sealed = house.crypto.seal(TEXT, "1409659813", "n1")
    query = house.query(sealed.encrypt) | {"msg_signature": "f" * 40}
    with capture_logs() as lines:
        await house.post_raw(envelope(sealed.encrypt), query)
        await house.post(TEXT)
        await house.post(TEXT.replace("<MsgType>text", "<MsgType>hologram"))
    assert [line["event"] for line in lines] == [
        "wecom.callback_refused",
        "wecom.callback_unsupported",
    ]
    assert lines[0]["reason"] == "bad_signature"
    assert not any(word in str(lines) for word in ("13800001111", "amei", KEY, "QDG6eK"))
