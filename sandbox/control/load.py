"""Control: many customers writing at a steady rate, for load runs."""

import asyncio
import random
from dataclasses import asdict, dataclass

from aiohttp import web

from sandbox.control.asked import params
from sandbox.jsontext import JsonObject, answer
from sandbox.people import Customer
from sandbox.wecom import customer_side
from sandbox.wecom.corp import Corp
from sandbox.wecom.errors import ApiError
from sandbox.wecom.params import Params


@dataclass(slots=True)
class Run:
    """One load run and how far it is."""

    rate_per_second: int
    seconds: int
    customers: int
    sent: int = 0
    done: bool = False


class Load:
    """At most one run at a time."""

    def __init__(self, corp: Corp) -> None:
        self._corp = corp
        self._run: Run | None = None
        self._task: asyncio.Task[None] | None = None

    def routes(self) -> list[web.RouteDef]:
        """GET and POST /sandbox/load."""
        return [web.get("/sandbox/load", self._show), web.post("/sandbox/load", self._start)]

    async def close(self) -> None:
        """Stop a run that is under way."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _show(self, request: web.Request) -> web.Response:
        run: JsonObject | None = asdict(self._run) if self._run is not None else None
        return answer({"run": run, "metrics": self._corp.latency.summary()})

    async def _start(self, request: web.Request) -> web.Response:
        if self._run is not None and not self._run.done:
            return answer({"error": "a run is under way"}, status=409)
        asked = await params(request)
        try:
            run, texts = _read(asked)
        except ApiError as wrong:
            return answer({"error": wrong.errmsg}, status=400)
        self._run = run
        self._task = asyncio.create_task(self._write(run, texts))
        return answer({"run": asdict(run)}, status=202)

    async def _write(self, run: Run, texts: list[str]) -> None:
        people = _crowd(self._corp, run.customers)
        loop = asyncio.get_running_loop()
        began = loop.time()
        for number in range(run.rate_per_second * run.seconds):
            await asyncio.sleep(max(0.0, began + number / run.rate_per_second - loop.time()))
            customer = people[number % len(people)]
            session = self._corp.session(customer.open_kfid, customer.external_userid)
            customer_side.says(self._corp, session, "text", {"content": random.choice(texts)})
            run.sent += 1
        run.done = True


def _read(asked: Params) -> tuple[Run, list[str]]:
    run = Run(
        rate_per_second=asked.whole("rate_per_second", low=1, high=500, default=20),
        seconds=asked.whole("seconds", low=1, high=3600, default=30),
        customers=asked.whole("customers", low=1, high=100_000, default=300),
    )
    return run, asked.texts("texts", most=1000) or ["在吗", "这款还有货吗", "我的快递到哪了"]


def _crowd(corp: Corp, size: int) -> list[Customer]:
    accounts = list(corp.accounts)
    people = []
    for number in range(size):
        external_userid = f"wmLoad{number:08d}"
        open_kfid = accounts[number % len(accounts)]
        customer = Customer(external_userid, f"压测顾客{number}", open_kfid, is_crowd=True)
        people.append(corp.customers.setdefault(external_userid, customer))
    return people
