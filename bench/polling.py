"""What a house without pushes does: asks a shop every second what changed, and reads that."""

import asyncio
import time
from contextlib import suppress
from types import TracebackType
from typing import Any

import aiohttp

from sandbox.shops.wechat_store.credentials import WechatStoreKeys

EVERY = 1.0
_OVERLAP = 2
"""Seconds: the shop tells whole ones, so that the last one may not be over."""


class Poller:
    """Polls WeChat Store and remembers the last state of one order."""

    def __init__(self, sandbox: aiohttp.ClientSession, keys: WechatStoreKeys, number: str) -> None:
        self._sandbox, self._keys, self._number = sandbox, keys, number
        self._token = ""
        self._state = ""
        self._changed = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Poller":
        """Sign in and begin."""
        asked = {
            "grant_type": "client_credential",
            "appid": self._keys.app_id,
            "secret": self._keys.app_secret,
        }
        answer = await self._post("/wechat_store/cgi-bin/stable_token", asked)
        self._token = str(answer["access_token"])
        self._task = asyncio.create_task(self._poll())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def sees(self, state: str) -> float:
        """Wait until the order was read in this state; the moment on the monotonic clock."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._state == state)
        return time.monotonic()

    async def _poll(self) -> None:
        since, due = int(time.time()) - _OVERLAP, time.monotonic()
        while True:
            until = int(time.time())
            window = {"start_time": since - _OVERLAP, "end_time": until}
            listed = await self._call("order/list/get", update_time_range=window, page_size=50)
            if self._number in listed["order_id_list"]:
                await self._read()
            since, due = until, due + EVERY
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    async def _read(self) -> None:
        order = (await self._call("order/get", order_id=self._number))["order"]
        async with self._changed:
            self._state = str(order["status"])
            self._changed.notify_all()

    async def _call(self, path: str, **params: object) -> dict[str, Any]:
        return await self._post(
            f"/wechat_store/channels/ec/{path}?access_token={self._token}", params
        )

    async def _post(self, path: str, body: object) -> dict[str, Any]:
        async with self._sandbox.post(path, json=body) as answer:
            told: dict[str, Any] = await answer.json(content_type=None)
        if told.get("errcode"):
            raise RuntimeError(told)
        return told
