"""The HTTP side of the fake 快递鸟."""

from collections.abc import AsyncIterator

import aiohttp
from aiohttp import web

from sandbox.carriers.control import obey
from sandbox.carriers.credentials import TrackerCredentials
from sandbox.carriers.kdniao import asking
from sandbox.carriers.kdniao.shapes import NAMED, Trouble
from sandbox.carriers.kdniao.watching import Subscriptions
from sandbox.carriers.watching import looking
from sandbox.carriers.yard import Yard
from sandbox.jsontext import JsonObject, answer, dumps
from sandbox.shops.faults import Faults


class Kdniao:
    """The one door, and control."""

    def __init__(self, yard: Yard, keys: TrackerCredentials) -> None:
        self._yard = yard
        self._keys = keys
        self._faults = Faults()
        self._subscriptions: Subscriptions | None = None

    def application(self) -> web.Application:
        """The aiohttp application, to be mounted under /kdniao."""
        app = web.Application()
        app.cleanup_ctx.append(self._open)
        app.cleanup_ctx.append(looking(self._open_subscriptions))
        app.add_routes(
            [
                web.post("/Ebusiness/EbusinessOrderHandle.aspx", self._take),
                web.get("/_control", self._mood),
                web.post("/_control", self._control),
            ]
        )
        return app

    async def _open(self, _app: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession() as session:
            self._subscriptions = Subscriptions(self._yard, self._keys, session)
            yield

    def _open_subscriptions(self) -> Subscriptions:
        if self._subscriptions is None:
            raise RuntimeError("the application has not been started")
        return self._subscriptions

    async def _take(self, request: web.Request) -> web.StreamResponse:
        if await self._faults.suffer(request):
            return web.Response()
        form = {name: str(value) for name, value in (await request.post()).items()}
        kind = form.get("RequestType", "")
        self._faults.calls[kind] += 1
        planned = self._faults.next_failure(kind)
        if planned is not None:
            return await self._faults.send(request, dumps(self._refusal(NAMED[str(planned)])))
        try:
            body = asking.answer(form, self._yard, self._keys, self._open_subscriptions())
        except Trouble as error:
            body = self._refusal(str(error))
        return await self._faults.send(request, dumps(body))

    def _refusal(self, reason: str) -> JsonObject:
        return {"EBusinessID": self._keys.ebusiness_id, "Success": False, "Reason": reason}

    async def _mood(self, _request: web.Request) -> web.Response:
        subscriptions = self._open_subscriptions()
        watched = [
            {"number": each.number, "ended": each.ended_at is not None}
            for each in subscriptions.by_number.values()
        ]
        mood = self._faults.as_json()
        return answer({**mood, "subscribed": watched, "pushed": subscriptions.pushed})

    async def _control(self, request: web.Request) -> web.Response:
        wish = await obey(self._yard, self._faults, request)
        if wish.reset:
            self._yard.forget()
            self._faults = Faults()
            self._open_subscriptions().by_number.clear()
        await self._open_subscriptions().push_due()
        return await self._mood(request)
