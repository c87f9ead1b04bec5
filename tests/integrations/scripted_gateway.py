"""A gateway that answers from a script, for what the sandbox's fakes do not do."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestServer

Script = Callable[[str, dict[str, str]], object]
"""Given the path and what was sent (query, form and JSON as texts), the JSON to answer."""


@asynccontextmanager
async def scripted(script: Script) -> AsyncIterator[str]:
    """Serve the script; yields the address to use as base_url."""

    async def answer(request: web.Request) -> web.Response:
        sent = {name: str(value) for name, value in request.query.items()}
        if request.content_type == "application/json":
            sent |= {name: str(value) for name, value in (await request.json()).items()}
        else:
            sent |= {name: str(value) for name, value in (await request.post()).items()}
        return web.json_response(script(request.path, sent))

    app = web.Application()
    app.router.add_post("/{path:.*}", answer)
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url("/"))
