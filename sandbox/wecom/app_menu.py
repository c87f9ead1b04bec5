"""The app's menu (WeCom doc 90231)."""

from sandbox.jsontext import JsonObject
from sandbox.wecom.app_directory import own_agent
from sandbox.wecom.corp import Corp
from sandbox.wecom.errors import OK, ApiError
from sandbox.wecom.params import Params

TYPES = frozenset(
    {
        "click",
        "view",
        "scancode_push",
        "scancode_waitmsg",
        "pic_sysphoto",
        "pic_photo_or_album",
        "pic_weixin",
        "location_select",
        "view_miniprogram",
    }
)


async def create(corp: Corp, params: Params) -> JsonObject:
    """POST /cgi-bin/menu/create: 1 to 3 buttons, each with up to 5 below it."""
    for button in params.children("button", most=3, size=40016):
        button.text("name", missing=40018, limit=16, too_long=40018)
        if button.has("sub_button") and button.raw()["sub_button"]:
            for below in button.children("sub_button", most=5, size=40023):
                below.text("name", missing=40025, limit=40, too_long=40025)
                _check_kind(below)
        else:
            _check_kind(button)
    corp.menu = {"button": params.raw()["button"]}
    corp.feed.tell("menu", corp.menu)
    return OK


def _check_kind(button: Params) -> None:
    kind = button.text("type", missing=40017)
    if kind not in TYPES:
        raise ApiError(40017)
    if kind == "view":
        button.text("url", missing=40020, limit=1024, too_long=40020)
    else:
        button.text("key", missing=40019, limit=128, too_long=40019)


async def get(corp: Corp, params: Params) -> JsonObject:
    """GET /cgi-bin/menu/get."""
    own_agent(corp, params)
    if corp.menu is None:
        raise ApiError(46003)
    return {**OK, **corp.menu}


async def delete(corp: Corp, params: Params) -> JsonObject:
    """GET /cgi-bin/menu/delete."""
    own_agent(corp, params)
    corp.menu = None
    corp.feed.tell("menu", {"button": []})
    return OK
