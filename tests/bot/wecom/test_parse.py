"""Callbacks of the app, type by type."""

from datetime import UTC, datetime

import pytest

from bot.wecom.document import BadDocument
from bot.wecom.parse import Doorbell, parse_callback
from desk.conversations.incoming import (
    ChannelName,
    Click,
    Content,
    Incoming,
    Media,
    Signal,
    Text,
    Unsupported,
)

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def xml(**fields: str) -> str:
    base = {"ToUserName": "ww1", "FromUserName": "AMei", "CreateTime": "1409659813"}
    inner = "".join(f"<{tag}>{value}</{tag}>" for tag, value in (base | fields).items())
    return f"<xml>{inner}</xml>"


def read(**fields: str) -> Incoming:
    came = parse_callback(xml(**fields), "1000002", NOW)
    assert isinstance(came, Incoming)
    return came


CLICK = {
    "MsgType": "event",
    "Event": "template_card_event",
    "EventKey": "ticket take T-20261121-0042",
    "TaskId": "ticket-T-20261121-0042",
    "CardType": "button_interaction",
    "ResponseCode": "code-1",
    "AgentID": "1000002",
}


@pytest.mark.parametrize(
    ("fields", "content"),
    [
        ({"MsgType": "text", "Content": "/help"}, Text("/help")),
        ({"MsgType": "text", "Content": ""}, Text("")),
        (
            {"MsgType": "image", "PicUrl": "http://p/1", "MediaId": "m1"},
            Media("image", {"pic_url": "http://p/1", "media_id": "m1"}),
        ),
        (
            {"MsgType": "voice", "MediaId": "m2", "Format": "amr"},
            Media("voice", {"media_id": "m2", "format": "amr"}),
        ),
        (
            {
                "MsgType": "location",
                "Location_X": "31.19",
                "Location_Y": "121.43",
                "Label": "徐家汇",
            },
            Media("location", {"latitude": "31.19", "longitude": "121.43", "address": "徐家汇"}),
        ),
        (
            {"MsgType": "link", "Title": "t", "Description": "d", "Url": "http://u"},
            Media("link", {"title": "t", "desc": "d", "url": "http://u"}),
        ),
        (CLICK, Click("ticket take T-20261121-0042", "ticket-T-20261121-0042", "code-1")),
        (
            CLICK | {"Event": "template_card_menu_event"},
            Click("ticket take T-20261121-0042", "ticket-T-20261121-0042", "code-1"),
        ),
        (
            {"MsgType": "event", "Event": "enter_agent", "EventKey": ""},
            Signal("enter_agent", {"userid": "amei", "event_key": ""}),
        ),
        (
            {"MsgType": "event", "Event": "LOCATION", "Latitude": "31.1", "Longitude": "121.4"},
            Signal("location", {"userid": "amei", "latitude": "31.1", "longitude": "121.4"}),
        ),
        (
            {
                "MsgType": "event",
                "Event": "change_contact",
                "ChangeType": "update_user",
                "UserID": "XiaoLi",
            },
            Signal(
                "change_contact",
                {"userid": "amei", "change_type": "update_user", "user_id": "xiaoli"},
            ),
        ),
    ],
)
def test_every_type_has_its_content(fields: dict[str, str], content: Content) -> None:
    assert read(**fields).content == content


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"MsgType": "hologram"}, "hologram"),
        ({}, "(none)"),
        ({"MsgType": "event", "Event": "brand_new"}, "event:brand_new"),
        ({"MsgType": "event", "Event": "kf_msg_or_event", "Token": "t"}, "event:kf_msg_or_event"),
    ],
)
def test_what_we_do_not_know_is_kept_whole(fields: dict[str, str], kind: str) -> None:
    assert read(**fields).content == Unsupported(kind, xml(**fields))


def test_a_message_tells_who_where_and_when() -> None:
    came = read(MsgType="text", Content="hi", MsgId="99", AgentID="1000002")
    assert came.channel is ChannelName.APP
    assert (came.account, came.person) == ("1000002", "amei")
    assert came.sent_at == datetime(2014, 9, 2, 12, 10, 13, tzinfo=UTC)
    assert came.historic is False


def test_events_about_the_corp_come_from_sys_and_our_own_app() -> None:
    came = read(FromUserName="sys", MsgType="event", Event="change_contact")
    assert (came.account, came.person) == ("1000002", "sys")


@pytest.mark.parametrize("written", ["", "soon", "-5", "99999999999999999999"])
def test_a_moment_that_is_none_is_now(written: str) -> None:
    assert read(MsgType="text", Content="hi", CreateTime=written).sent_at == NOW


def test_a_doorbell_names_account_and_token() -> None:
    rang = parse_callback(
        xml(MsgType="event", Event="kf_msg_or_event", Token="ENC1", OpenKfId="wk1"), "1", NOW
    )
    assert rang == Doorbell("wk1", "ENC1")


def test_a_repeat_has_the_same_id() -> None:
    text = {"MsgType": "text", "Content": "hi", "MsgId": "99", "AgentID": "1000002"}
    assert read(**text).external_id == read(**text).external_id
    assert read(**CLICK).external_id == read(**CLICK | {"ResponseCode": "code-2"}).external_id


def test_one_message_id_of_two_people_is_two_messages() -> None:
    text = {"MsgType": "text", "Content": "hi", "MsgId": "99", "AgentID": "1000002"}
    assert read(**text).external_id != read(**text | {"FromUserName": "XiaoLi"}).external_id


@pytest.mark.parametrize(
    "change",
    [
        {"EventKey": "ticket finish T-20261121-0042"},
        {"TaskId": "another"},
        {"CreateTime": "1409659814"},
        {"FromUserName": "XiaoLi"},
        {"Event": "template_card_menu_event"},
        {"SelectedItems": "<SelectedItem><QuestionKey>q</QuestionKey></SelectedItem>"},
    ],
)
def test_different_events_of_one_second_are_different(change: dict[str, str]) -> None:
    assert read(**CLICK).external_id != read(**CLICK | change).external_id


@pytest.mark.parametrize("broken", ["", "<xml>", "plain", "<xml>&undefined;</xml>"])
def test_broken_xml_is_named_so(broken: str) -> None:
    with pytest.raises(BadDocument):
        parse_callback(broken, "1", NOW)
