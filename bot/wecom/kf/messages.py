"""Rows of kf/sync_msg as what came in (WeCom doc 94670)."""

import json
from datetime import datetime

from bot.wecom.fields import Fields, as_fields
from bot.wecom.moments import from_unix
from bot.wecom.prints import fingerprint
from desk.conversations.incoming import (
    ChannelName,
    Content,
    Incoming,
    Media,
    Signal,
    Text,
    Unsupported,
)

MEDIA = frozenset(
    {
        "image",
        "voice",
        "video",
        "file",
        "location",
        "link",
        "business_card",
        "miniprogram",
        "msgmenu",
        "channels_shop_product",
        "channels_shop_order",
        "merged_msg",
        "channels",
        "meeting",
        "calendar",
        "note",
    }
)
_CUSTOMER, _SERVICER = 3, 5
_USERIDS = ("servicer_userid", "old_servicer_userid", "new_servicer_userid")
_OUTER = frozenset({"event_type", "open_kfid", "external_userid"})


def read_message(row: object, account: str, agent: str, now: datetime) -> Incoming:
    """Read one row of msg_list; a row of any shape gives an Incoming.

    What concerns no customer (a servicer's status) goes to the app's channel, so that nobody
    takes it for a customer: `person` is then the servicer, or "sys".
    """
    row = _storable(row)
    fields = as_fields(row)
    event = fields.child("event")
    content = _content(fields, event, row)
    customer = fields.text("external_userid") or event.text("external_userid")
    servicer = (fields.text("servicer_userid") or event.text("servicer_userid")).lower()
    return Incoming(
        channel=ChannelName.KF if customer else ChannelName.APP,
        external_id=fields.text("msgid") or "print:" + fingerprint(account, _raw(row)),
        account=_account(fields, event, account) if customer else agent,
        person=customer or servicer or "sys",
        content=content,
        sent_at=from_unix(fields.whole("send_time"), now),
    )


def _account(fields: Fields, event: Fields, account: str) -> str:
    return fields.text("open_kfid") or event.text("open_kfid") or account


def _content(fields: Fields, event: Fields, row: object) -> Content:
    kind = fields.text("msgtype")
    if kind == "event" and event.text("event_type"):
        return _signal(event)
    match fields.whole("origin"):
        case origin if origin == _SERVICER:
            # What a colleague wrote is theirs: we only need to know that they did.
            said = {"msgtype": kind, "servicer_userid": fields.text("servicer_userid").lower()}
            return Signal("servicer_said", said)
        case origin if origin != _CUSTOMER:
            return Unsupported(f"origin:{origin}", _raw(row))
    if kind == "text":
        text = fields.child("text")
        return Text(text.text("content"), text.text("menu_id"))
    if kind in MEDIA:
        return Media(kind, flat(fields.child(kind)))
    return Unsupported(kind or "(none)", _raw(row))


def _signal(event: Fields) -> Signal:
    told = {name: value for name, value in flat(event).items() if name not in _OUTER}
    lowered = {name: told[name].lower() for name in _USERIDS if name in told}
    account = {"open_kfid": event.text("open_kfid")}
    return Signal(event.text("event_type"), account | told | lowered)


def flat(fields: Fields, prefix: str = "") -> dict[str, str]:
    """All fields as strings: nested ones under "outer.inner", lists as JSON, null left out."""
    found: dict[str, str] = {}
    for name, value in fields.data.items():
        match value:
            case None:
                continue
            case dict():
                found |= flat(Fields(value), f"{prefix}{name}.")
            case list():
                found[f"{prefix}{name}"] = _raw(value)
            case _:
                found[f"{prefix}{name}"] = str(value)
    return found


def _storable(value: object) -> object:
    # JSON can say NUL and half a letter, PostgreSQL cannot: one such message would hold up all.
    match value:
        case str():
            return value.replace("\x00", "").encode(errors="replace").decode()
        case list():
            return [_storable(each) for each in value]
        case dict():
            return {str(_storable(name)): _storable(each) for name, each in value.items()}
    return value


def _raw(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
