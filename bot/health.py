"""Health: alive, ready part by part, and figures for Prometheus."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest


@dataclass(slots=True)
class Health:
    """The parts of the house and how to ask each. `needed` ones make it unready."""

    needed: Mapping[str, Callable[[], Awaitable[bool]]] = field(default_factory=dict)
    helpful: Mapping[str, Callable[[], Awaitable[bool]]] = field(default_factory=dict)

    async def alive(self, _request: web.Request) -> web.Response:
        """GET /healthz: the process runs."""
        return web.json_response({"alive": True})

    async def ready(self, _request: web.Request) -> web.Response:
        """GET /readyz: each part and its state; 503 until all needed ones are there."""
        needed = {name: await ask() for name, ask in self.needed.items()}
        helpful = {name: await ask() for name, ask in self.helpful.items()}
        ready = all(needed.values())
        body = {"ready": ready, "needed": needed, "helpful": helpful}
        return web.json_response(body, status=200 if ready else 503)

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
