"""Rows of kf/sync_msg, type by type."""

import json
from datetime import UTC, datetime

import pytest

from bot.wecom.kf.messages import MEDIA, read_message
from desk.conversations.incoming import (
    ChannelName,
    Content,
    Incoming,
    Media,
    Signal,
    Text,
    Unsupported,
)

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ROW = {
    "msgid": "m1",
    "open_kfid": "wk1",
    "external_userid": "wmLin",
    "send_time": 1409659813,
    "origin": 3,
}


def read(row: object) -> Incoming:
    return read_message(row, "wk1", "1000002", NOW)


@pytest.mark.parametrize(
    ("told", "content"),
    [
        ({"msgtype": "text", "text": {"content": "有货吗"}}, Text("有货吗")),
        (
            {"msgtype": "text", "text": {"content": "经典款", "menu_id": "pick_1"}},
            Text("经典款", "pick_1"),
        ),
        ({"msgtype": "image", "image": {"media_id": "i1"}}, Media("image", {"media_id": "i1"})),
        (
            {
                "msgtype": "location",
                "location": {"latitude": 31.19, "longitude": 121.43, "name": "徐家汇"},
            },
            Media("location", {"latitude": "31.19", "longitude": "121.43", "name": "徐家汇"}),
        ),
        (
            {
                "msgtype": "channels_shop_product",
                "channels_shop_product": {"product_id": "p1", "sales_price": 12900},
            },
            Media("channels_shop_product", {"product_id": "p1", "sales_price": "12900"}),
        ),
        (
            {
                "msgtype": "merged_msg",
                "merged_msg": {"title": "聊天记录", "item": [{"sender_name": "林"}]},
            },
            Media("merged_msg", {"title": "聊天记录", "item": '[{"sender_name": "林"}]'}),
        ),
        ({"msgtype": "meeting"}, Media("meeting", {})),
    ],
)
def test_every_type_has_its_content(told: dict[str, object], content: Content) -> None:
    came = read(ROW | told)
    assert came == Incoming(
        channel=ChannelName.KF,
        external_id="m1",
        account="wk1",
        person="wmLin",
        content=content,
        sent_at=datetime(2014, 9, 2, 12, 10, 13, tzinfo=UTC),
    )


@pytest.mark.parametrize("kind", sorted(MEDIA))
def test_every_documented_medium_is_known(kind: str) -> None:
    assert read(ROW | {"msgtype": kind, kind: {"a": 1}}).content == Media(kind, {"a": "1"})


EVENT = {"msgid": "e1", "send_time": 1409659813, "origin": 4, "msgtype": "event"}


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        (
            {
                "event_type": "enter_session",
                "scene": "shop",
                "scene_param": "item:youzan-main:1001",
                "welcome_code": "wc1",
                "wechat_channels": {"nickname": "小店", "scene": 1},
            },
            {
                "scene": "shop",
                "scene_param": "item:youzan-main:1001",
                "welcome_code": "wc1",
                "wechat_channels.nickname": "小店",
                "wechat_channels.scene": "1",
            },
        ),
        (
            {"event_type": "msg_send_fail", "fail_msgid": "m9", "fail_type": 4},
            {"fail_msgid": "m9", "fail_type": "4"},
        ),
        (
            {
                "event_type": "session_status_change",
                "change_type": 2,
                "old_servicer_userid": "AMei",
                "new_servicer_userid": "XiaoLi",
            },
            {"change_type": "2", "old_servicer_userid": "amei", "new_servicer_userid": "xiaoli"},
        ),
        ({"event_type": "user_recall_msg", "recall_msgid": "m1"}, {"recall_msgid": "m1"}),
    ],
)
def test_events_have_their_ids_inside(event: dict[str, object], fields: dict[str, str]) -> None:
    inside = event | {"open_kfid": "wk1", "external_userid": "wmLin"}
    came = read(EVENT | {"event": inside})
    assert (came.channel, came.account, came.person) == (ChannelName.KF, "wk1", "wmLin")
    assert came.content == Signal(str(event["event_type"]), {"open_kfid": "wk1"} | fields)


def test_what_a_servicer_said_is_known_but_not_kept() -> None:
    row = ROW | {
        "origin": 5,
        "servicer_userid": "AMei",
        "msgtype": "text",
        "text": {"content": "您好，我是阿美"},
    }
    came = read(row)
    assert came.content == Signal("servicer_said", {"msgtype": "text", "servicer_userid": "amei"})
    assert came.person == "wmLin"


def test_a_servicers_status_makes_nobody_a_customer() -> None:
    event = {
        "event_type": "servicer_status_change",
        "servicer_userid": "AMei",
        "status": 2,
        "open_kfid": "wk1",
    }
    came = read(EVENT | {"event": event})
    assert (came.channel, came.account, came.person) == (ChannelName.APP, "1000002", "amei")
    assert came.content == Signal(
        "servicer_status_change", {"open_kfid": "wk1", "servicer_userid": "amei", "status": "2"}
    )


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"msgtype": "hologram", "hologram": {"x": 1}}, "hologram"),
        ({}, "(none)"),
        ({"msgtype": "text", "origin": 7}, "origin:7"),
        ({"msgtype": "event", "event": {}}, "event"),
    ],
)
def test_what_we_do_not_know_is_kept_whole(told: dict[str, object], kind: str) -> None:
    content = read(ROW | told).content
    assert isinstance(content, Unsupported)
    assert content.type == kind
    assert json.loads(content.raw) == ROW | told


@pytest.mark.parametrize("row", [None, [], "text", 7, {}, {"text": "no object"}])
def test_no_row_is_fatal_and_none_makes_a_customer(row: object) -> None:
    came = read(row)
    assert isinstance(came.content, Unsupported)
    assert (came.channel, came.person) == (ChannelName.APP, "sys")
    assert came.external_id == read(row).external_id
    assert came.sent_at == NOW


def test_text_of_the_wrong_shape_is_empty_text() -> None:
    assert read(ROW | {"msgtype": "text", "text": "bare"}).content == Text("")


def test_what_no_database_can_store_is_left_out() -> None:
    text = {"content": "有\x00货\ud83d吗", "menu_id": "a\x00"}
    assert read(ROW | {"msgtype": "text", "text": text}).content == Text("有货?吗", "a")
    unknown = read(ROW | {"msgtype": "x\x00", "x": ["\x00", {"\x00": "\udc00"}]}).content
    assert isinstance(unknown, Unsupported)
    assert "u0000" not in unknown.raw
    unknown.raw.encode()
