"""Carries out the faults on an HTTP call: late, broken, or lost after the act."""

import asyncio

from aiohttp import web

from sandbox.wecom.errors import ApiError
from sandbox.wecom.faults import Faults


def told_to_fail(faults: Faults, path: str) -> None:
    """Raises the ApiError that was ordered for this path, without acting."""
    rule = faults.take(path, "errcode")
    if rule is not None:
        raise ApiError(rule.value, "told to fail")


async def before_acting(
    faults: Faults, request: web.Request, path: str
) -> web.StreamResponse | None:
    """Be slow; or answer an HTTP status without acting at all."""
    delay = faults.take(path, "delay")
    if delay is not None:
        await asyncio.sleep(delay.value / 1000)
    status = faults.take(path, "status")
    if status is not None:
        return web.Response(status=status.value, text="told to fail")
    return None


async def after_acting(
    faults: Faults, request: web.Request, path: str, response: web.Response
) -> web.StreamResponse:
    """The act has happened: lose the answer, or break it off in its middle."""
    if faults.take(path, "lose_response") is not None:
        _hang_up(request)
        return response
    if faults.take(path, "break_body") is not None:
        return await _half(request, response)
    return response


async def _half(request: web.Request, response: web.Response) -> web.StreamResponse:
    body = response.body if isinstance(response.body, bytes) else b""
    broken = web.StreamResponse(headers={"Content-Type": "application/json; charset=utf-8"})
    broken.content_length = len(body)
    await broken.prepare(request)
    await broken.write(body[: len(body) // 2])
    _hang_up(request)
    return broken


def _hang_up(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.close()
