"""The HTTP side of the fake 快递100."""

from collections.abc import AsyncIterator, Callable

import aiohttp
from aiohttp import web

from sandbox.carriers import companies
from sandbox.carriers.control import obey
from sandbox.carriers.credentials import TrackerCredentials
from sandbox.carriers.kuaidi100 import errors
from sandbox.carriers.kuaidi100.asking import Questions
from sandbox.carriers.kuaidi100.errors import Trouble
from sandbox.carriers.kuaidi100.subscribing import Subscriptions
from sandbox.carriers.watching import looking
from sandbox.carriers.yard import Yard
from sandbox.jsontext import JsonObject, answer, dumps
from sandbox.shops.faults import Faults


class Kuaidi100:
    """Query, subscription, naming of numbers, and control."""

    def __init__(self, yard: Yard, keys: TrackerCredentials) -> None:
        self._yard = yard
        self._keys = keys
        self._faults = Faults()
        self._questions = Questions(yard, keys)
        self._subscriptions: Subscriptions | None = None

    def application(self) -> web.Application:
        """The aiohttp application, to be mounted under /kuaidi100."""
        app = web.Application()
        app.cleanup_ctx.append(self._open)
        app.cleanup_ctx.append(looking(self._open_subscriptions))
        app.add_routes(
            [
                web.post("/poll/query.do", self._query),
                web.post("/poll", self._subscribe),
                web.get("/autonumber/auto", self._name),
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

    async def _query(self, request: web.Request) -> web.StreamResponse:
        form = {name: str(value) for name, value in (await request.post()).items()}
        return await self._answer(request, "query", lambda: self._questions.answer(form))

    async def _subscribe(self, request: web.Request) -> web.StreamResponse:
        form = {name: str(value) for name, value in (await request.post()).items()}
        subscriptions = self._open_subscriptions()
        return await self._answer(request, "subscribe", lambda: subscriptions.take(form))

    async def _name(self, request: web.Request) -> web.StreamResponse:
        number, key = request.query.get("num", ""), request.query.get("key", "")
        return await self._answer(request, "name", lambda: self._named(number, key))

    def _named(self, number: str, key: str) -> list[JsonObject]:
        if key != self._keys.key:
            raise errors.named("balance")
        waybill = self._yard.find(number)
        found = companies.by_name(waybill.company) if waybill else companies.by_number(number)
        return [{"comCode": found.kuaidi100, "lengthPre": len(number)}] if found else []

    async def _answer(
        self, request: web.Request, method: str, run: Callable[[], object]
    ) -> web.StreamResponse:
        if await self._faults.suffer(request):
            return web.Response()
        self._faults.calls[method] += 1
        planned = self._faults.next_failure(method)
        body: object
        try:
            body = errors.named(str(planned)).body() if planned is not None else run()
        except Trouble as error:
            body = error.body()
        return await self._faults.send(request, dumps(body))

    async def _mood(self, _request: web.Request) -> web.Response:
        subscriptions = self._open_subscriptions()
        watched = [
            {"number": each.number, "salt": each.salt, "ended": each.ended_at is not None}
            for each in subscriptions.by_number.values()
        ]
        mood = self._faults.as_json()
        return answer({**mood, "subscribed": watched, "pushed": subscriptions.pushed})

    async def _control(self, request: web.Request) -> web.Response:
        wish = await obey(self._yard, self._faults, request)
        if wish.reset:
            self._yard.forget()
            self._faults = Faults()
            self._questions = Questions(self._yard, self._keys)
            self._open_subscriptions().by_number.clear()
        await self._open_subscriptions().push_due()
        return await self._mood(request)
