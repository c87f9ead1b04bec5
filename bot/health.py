"""Health: alive, ready part by part, and figures for Prometheus."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from desk.kernel.errors import DeskError

OK = "ok"
_ASK_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the house; `ask` answers "ok" or what is wrong. Needed ones make it unready."""

    name: str
    ask: Callable[[], Awaitable[str]]
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Health:
    """Answers the three questions that supervisors ask."""

    parts: Sequence[Part]

    async def alive(self, _request: web.Request) -> web.Response:
        """GET /healthz: the process runs."""
        return web.json_response({"alive": True})

    async def ready(self, _request: web.Request) -> web.Response:
        """GET /readyz: each part and its state; 503 until all needed ones are ok."""
        states = await asyncio.gather(*(_ask(part) for part in self.parts))
        told = {part.name: state for part, state in zip(self.parts, states, strict=True)}
        ready = all(told[part.name] == OK for part in self.parts if part.needed)
        return web.json_response({"ready": ready, "parts": told}, status=200 if ready else 503)

    async def metrics(self, _request: web.Request) -> web.Response:
        """GET /metrics: Prometheus text."""
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    def routes(self) -> list[web.RouteDef]:
        """The three routes."""
        return [
            web.get("/healthz", self.alive),
            web.get("/readyz", self.ready),
            web.get("/metrics", self.metrics),
        ]


async def _ask(part: Part) -> str:
    try:
        async with asyncio.timeout(_ASK_SECONDS):
            return await part.ask()
    except TimeoutError:
        return "no answer in time"
    except DeskError as error:
        return error.code
