"""GET and POST _control over HTTP, the same under both gateways."""

import json

from aiohttp import web
from pydantic import TypeAdapter, ValidationError

from sandbox.shops.control import Change, Controlled, NothingThere, carry_out
from sandbox.shops.wire import Json
from sandbox.shops.wishes import Control

_CONTROL = TypeAdapter(Control)


async def obey(shop: Controlled, request: web.Request) -> tuple[Control, list[Change]]:
    """Read and carry out one POST. Raises HTTPBadRequest, HTTPNotFound with a JSON reason."""
    try:
        wish = _CONTROL.validate_json(await request.read())
    except ValidationError as error:
        raise web.HTTPBadRequest(text=error.json(), content_type="application/json") from error
    try:
        return wish, carry_out(shop, wish)
    except NothingThere as error:
        reason = json.dumps({"error": str(error)})
        raise web.HTTPNotFound(text=reason, content_type="application/json") from error


def answer(body: Json) -> web.Response:
    """A JSON answer with Chinese kept readable."""
    return web.json_response(body, dumps=lambda value: json.dumps(value, ensure_ascii=False))
