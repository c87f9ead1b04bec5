"""What kf/send_msg accepts as content: types, sizes in bytes, menu limits (doc 94677)."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.jsontext import JsonObject
from sandbox.wecom.corp import Corp
from sandbox.wecom.errors import ApiError
from sandbox.wecom.params import Params

TEXT_BYTES = 2048
MENU_ITEMS = 50
MENU_LINKS = 10
MENU_BYTES = 1024


@dataclass(frozen=True, slots=True)
class Message:
    """A checked message."""

    msgtype: str
    content: JsonObject


Check = Callable[[Corp, Params], None]


def checked(corp: Corp, message: Params, kinds: frozenset[str]) -> Message:
    """The msgtype and its content. Raises ApiError 40008, 40058, 45002, 95008, 95009, 40007."""
    msgtype = message.text("msgtype")
    if msgtype not in CHECKS or msgtype not in kinds:
        raise ApiError(40008)
    content = message.child(msgtype)
    CHECKS[msgtype](corp, content)
    return Message(msgtype, content.raw())


def _text(corp: Corp, content: Params) -> None:
    content.text("content", missing=44004, limit=TEXT_BYTES)


def _medium(kind: str) -> Check:
    def check(corp: Corp, content: Params) -> None:
        corp.media.get(content.text("media_id"), corp.now(), kind)

    return check


def _link(corp: Corp, content: Params) -> None:
    content.text("title", missing=41016, limit=128)
    content.optional_text("desc", limit=512)
    content.text("url", missing=41010, limit=2048)
    corp.media.get(content.text("thumb_media_id"), corp.now(), "image")


def _mini_program(corp: Corp, content: Params) -> None:
    content.text("appid")
    content.optional_text("title", limit=64)
    corp.media.get(content.text("thumb_media_id"), corp.now(), "image")
    if not content.text("pagepath").split("?")[0].endswith(".html"):
        raise ApiError(40058, "pagepath must end with .html")


def _location(corp: Corp, content: Params) -> None:
    content.optional_text("name")
    content.optional_text("address")
    for name in ("latitude", "longitude"):
        if not isinstance(content.raw().get(name), (int, float)):
            raise ApiError(40058, f"location.{name} must be a number")


def _acquisition_link(corp: Corp, content: Params) -> None:
    content.text("link_url")


def _menu(corp: Corp, content: Params) -> None:
    content.optional_text("head_content", limit=MENU_BYTES)
    content.optional_text("tail_content", limit=MENU_BYTES)
    items = content.children("list", most=MENU_ITEMS, least=0, size=95008)
    if not items and content.optional_text("head_content") is None:
        raise ApiError(40058, "msgmenu is empty")
    links = sum(item.text("type", missing=95009) != "text" for item in items)
    if links > MENU_LINKS:
        raise ApiError(95008)
    for item in items:
        _menu_item(item)


def _menu_item(item: Params) -> None:
    kind = item.text("type", missing=95009)
    if kind not in ("click", "view", "miniprogram", "text"):
        raise ApiError(95009)
    body = item.child(kind, missing=95009)
    if kind == "click":
        body.optional_text("id", limit=128)
        body.text("content", missing=95009, limit=128)
    elif kind == "view":
        body.text("url", missing=95009, limit=2048)
        body.text("content", missing=95009, limit=1024)
    elif kind == "miniprogram":
        for name in ("appid", "pagepath", "content"):
            body.text(name, missing=95009, limit=1024)
    else:
        body.text("content", missing=95009, limit=256)
        body.whole("no_newline", low=0, high=1, default=0)


CHECKS: dict[str, Check] = {
    "text": _text,
    "image": _medium("image"),
    "voice": _medium("voice"),
    "video": _medium("video"),
    "file": _medium("file"),
    "link": _link,
    "miniprogram": _mini_program,
    "location": _location,
    "ca_link": _acquisition_link,
    "msgmenu": _menu,
}
EVERY_KIND = frozenset(CHECKS)
