"""The one HTTP client: over a real server that is slow, broken, endless or odd."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from desk.kernel.errors import DeskError, Refused, Unavailable
from integrations.http import HttpClient, HttpLimits
from integrations.wild import Unreadable

_LIMITS = HttpLimits(deadline=timedelta(seconds=1), max_body=1000)
_TOKEN = "token-that-must-not-leak"


class _Party:
    """Answers each request as it is told to, and counts them."""

    def __init__(self, *answers: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> None:
        self._answers = list(answers)
        self.asked = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked += 1
        chosen = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        return await chosen(request)


async def _well(request: web.Request) -> web.StreamResponse:
    return web.json_response({"ok": True})


async def _slowly(request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(3)
    return web.json_response({"ok": True})


async def _overloaded(request: web.Request) -> web.StreamResponse:
    return web.Response(status=503)


async def _forbidden(request: web.Request) -> web.StreamResponse:
    return web.Response(status=403)


async def _away(request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound("http://127.0.0.1:1/elsewhere")


async def _endlessly(request: web.Request) -> web.StreamResponse:
    return web.Response(body=b'"' + b"x" * 5000 + b'"')


async def _hanging_up(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


async def _in_html(request: web.Request) -> web.StreamResponse:
    return web.Response(text="<html>", content_type="text/html")


@asynccontextmanager
async def _asking(party: _Party) -> AsyncIterator[Callable[[bool], Awaitable[object]]]:
    app = web.Application()
    app.router.add_post("/api", party.answer)
    async with TestServer(app, host="127.0.0.1") as server, aiohttp.ClientSession() as session:
        client = HttpClient(session, "youzan", _LIMITS)

        async def ask(is_read: bool) -> object:
            return await client.post_json(
                str(server.make_url("/api")),
                {"a": 1},
                query={"access_token": _TOKEN},
                is_read=is_read,
            )

        yield ask


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (_slowly, Unavailable),
        (_overloaded, Unavailable),
        (_hanging_up, Unavailable),
        (_endlessly, Unavailable),
        (_in_html, Unreadable),
        (_forbidden, Refused),
        (_away, Refused),
    ],
)
async def test_every_failure_is_one_of_our_errors_and_hides_the_token(
    answer: Callable[[web.Request], Awaitable[web.StreamResponse]], error: type[DeskError]
) -> None:
    async with _asking(_Party(answer)) as ask:
        with pytest.raises(error) as caught:
            await ask(True)

    link: BaseException | None = caught.value
    while link is not None:
        assert _TOKEN not in f"{link!s} {link!r}"
        link = link.__cause__ or link.__context__


@pytest.mark.parametrize("answer", [_overloaded, _hanging_up])
async def test_a_read_is_tried_once_more(
    answer: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> None:
    party = _Party(answer, _well)
    async with _asking(party) as ask:
        await ask(True)

    assert party.asked == 2


@pytest.mark.parametrize("answer", [_overloaded, _hanging_up])
async def test_a_write_is_never_tried_again(
    answer: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> None:
    party = _Party(answer, _well)
    async with _asking(party) as ask:
        with pytest.raises(Unavailable):
            await ask(False)

    assert party.asked == 1


async def test_nobody_listening_is_unavailable() -> None:
    async with aiohttp.ClientSession() as session:
        client = HttpClient(session, "taobao", _LIMITS)
        with pytest.raises(Unavailable):
            await client.post_form("http://127.0.0.1:1/router/rest", {"a": "1"}, is_read=True)
