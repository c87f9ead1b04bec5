"""Decrypted callbacks of the app as what came in, or as a KF account's doorbell."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.wecom.document import Document, read_document
from bot.wecom.moments import from_unix
from bot.wecom.prints import fingerprint
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

_MEDIA = frozenset({"image", "voice", "video", "file", "location", "link"})
_CLICKS = frozenset({"template_card_event", "template_card_menu_event"})
_ENVELOPE = frozenset(
    {"ToUserName", "FromUserName", "CreateTime", "MsgType", "MsgId", "AgentID", "Event"}
)
_USERIDS = frozenset({"user_id", "new_user_id", "from_user_name"})
_SAME_WORDS = {
    "location_x": "latitude",
    "location_y": "longitude",
    "label": "address",
    "description": "desc",
}
SIGNALS = frozenset(
    {
        "active_restored",
        "batch_job_result",
        "change_contact",
        "change_external_chat",
        "change_external_contact",
        "change_external_tag",
        "click",
        "close_inactive_agent",
        "enter_agent",
        "inactive_alert",
        "location",
        "location_select",
        "low_active",
        "low_active_alert",
        "open_approval_change",
        "pic_photo_or_album",
        "pic_sysphoto",
        "pic_weixin",
        "reopen_inactive_agent",
        "scancode_push",
        "scancode_waitmsg",
        "share_agent_change",
        "share_chain_change",
        "subscribe",
        "taskcard_click",
        "unsubscribe",
        "view",
        "view_miniprogram",
    }
)
"""The events that WeCom documents for an app's callback (docs 90240, 92130)."""


@dataclass(frozen=True, slots=True)
class Doorbell:
    """A KF account has news; `knock` lets us fetch them for ten minutes (doc 94670)."""

    account: str
    knock: str


def parse_callback(xml: str, agent: str, now: datetime) -> Incoming | Doorbell:
    """Read one decrypted callback; `agent` and `now` stand in where it names none.

    Raises:
        BadDocument: it is no XML.
    """
    document = read_document(xml)
    if document.text("Event") == "kf_msg_or_event" and (rang := document.text("OpenKfId")):
        return Doorbell(rang, document.text("Token"))
    account = document.text("AgentID") or agent
    person = document.text("FromUserName").lower() or "sys"
    return Incoming(
        channel=ChannelName.APP,
        external_id=_external_id(document, account, person),
        account=account,
        person=person,
        content=_content(document, xml),
        sent_at=from_unix(document.text("CreateTime"), now),
    )


def _external_id(document: Document, account: str, person: str) -> str:
    # MsgIds were seen to collide between people; events have none, and two different events of
    # one person may share a second: so everything in them counts, but for the one-time code.
    if message := document.text("MsgId"):
        return f"{message}:{person}:{account}"
    return "event:" + fingerprint(
        *(f"{name}={value}" for name, value in document.fields if name != "ResponseCode")
    )


def _content(document: Document, xml: str) -> Content:
    kind = document.text("MsgType")
    if kind == "event":
        return _event(document, xml)
    if kind == "text":
        return Text(document.text("Content"))
    if kind in _MEDIA:
        return Media(kind, _rest(document))
    return Unsupported(kind or "(none)", xml)


def _event(document: Document, xml: str) -> Content:
    name = document.text("Event")
    if name in _CLICKS:
        return Click(
            key=document.text("EventKey"),
            task=document.text("TaskId"),
            response_code=document.text("ResponseCode"),
        )
    if name.lower() in SIGNALS:
        return Signal(
            name.lower(), {"userid": document.text("FromUserName").lower()} | _rest(document)
        )
    return Unsupported(f"event:{name}", xml)


def _rest(document: Document) -> dict[str, str]:
    fields: dict[str, str] = {}
    for tag, value in document.fields:
        if tag in _ENVELOPE:
            continue
        name = _snake(tag)
        name = _SAME_WORDS.get(name, name)
        fields.setdefault(name, value.lower() if name in _USERIDS else value)
    return fields


def _snake(tag: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", tag).lower()
