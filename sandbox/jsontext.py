"""JSON as WeCom writes it: UTF-8 without escapes."""

import json
from typing import TypeAlias, TypeGuard

from aiohttp import web

JsonObject: TypeAlias = dict[str, object]


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    """Whether a JSON value is an object (its keys are strings by JSON's rules)."""
    return isinstance(value, dict)


def dumps(value: object) -> str:
    """Compact JSON with Chinese kept readable."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def answer(value: object, status: int = 200) -> web.Response:
    """An HTTP answer with a JSON body."""
    return web.Response(
        text=dumps(value), status=status, content_type="application/json", charset="utf-8"
    )
