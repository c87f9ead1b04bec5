"""Watches the bot: verifies the callback URL once it answers, and knows whether it is there."""

import asyncio
from dataclasses import asdict, dataclass

import aiohttp
from yarl import URL

from sandbox.jsontext import JsonObject
from sandbox.wecom.corp import Corp
from sandbox.wecom.courier import Unreachable

LOOK_SECONDS = 2.0


@dataclass(slots=True)
class BotState:
    """`verification`: waiting, verified or refused."""

    reachable: bool = False
    verification: str = "waiting"
    detail: str = ""


class BotWatch:
    """Asks the bot's health page every two seconds and tells the pages when something changed."""

    def __init__(self, corp: Corp) -> None:
        self._corp = corp
        self._health = URL(corp.settings.callback_url).origin() / "healthz"
        self.state = BotState()

    async def run(self) -> None:
        """For ever; cancel to stop."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as http:
            while True:
                await self._look(http)
                await asyncio.sleep(LOOK_SECONDS)

    async def verify(self) -> BotState:
        """Save the URL again, as in the console."""
        try:
            problem = await self._corp.courier.verify()
        except Unreachable as broken:
            self._set(BotState(reachable=False, verification="waiting", detail=str(broken)))
        else:
            outcome = "refused" if problem else "verified"
            self._set(BotState(reachable=True, verification=outcome, detail=problem))
        return self.state

    def shown(self) -> JsonObject:
        """For the control API."""
        return {**asdict(self.state), "callback_url": self._corp.settings.callback_url}

    async def _look(self, http: aiohttp.ClientSession) -> None:
        reachable = await self._answers(http)
        if reachable and self.state.verification == "waiting":
            await self.verify()
        elif reachable != self.state.reachable:
            self._set(BotState(reachable, self.state.verification, self.state.detail))

    async def _answers(self, http: aiohttp.ClientSession) -> bool:
        try:
            async with http.get(self._health):
                return True
        except (aiohttp.ClientError, TimeoutError):
            return False

    def _set(self, state: BotState) -> None:
        changed = state != self.state
        self.state = state
        if changed:
            self._corp.feed.tell("bot", self.shown())
