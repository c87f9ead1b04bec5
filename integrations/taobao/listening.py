"""TOP's messages over its HTTP gateway: fetched in turns, confirmed once they are kept."""

import asyncio
from collections.abc import Sequence

from desk.shops.powers import Keep
from integrations.taobao import messages
from integrations.taobao.client import TopClient
from integrations.wild import Wild

AT_ONCE = 100
"""Messages fetched in one turn: TOP gives 10 to 200 and takes 200 confirmations."""

PAUSE = 3.0
"""Seconds until the next turn when there was nothing more to fetch."""


class Listening:
    """Fetches one seller's messages."""

    def __init__(self, shop: str, client: TopClient, group: str) -> None:
        self._shop = shop
        self._client = client
        self._group = {"group_name": group} if group else {}
        self._is_permitted = False

    async def listen(self, keep: Keep) -> None:
        """Hand each turn of messages to `keep`, and confirm them when it has returned.

        Raises what `keep` and the gateway raise; what was not confirmed by then comes again.
        """
        await self._permit()
        while True:
            fetched = await self._fetch()
            if fetched:
                await keep(tuple(messages.event(self._shop, raw) for raw in fetched))
                await self._confirm(fetched)
            if len(fetched) < AT_ONCE:
                await asyncio.sleep(PAUSE)

    async def _permit(self) -> None:
        """Let the seller's messages flow, which has to be asked for once."""
        if not self._is_permitted:
            await self._client.call("taobao.tmc.user.permit", {}, is_read=False)
            self._is_permitted = True

    async def _fetch(self) -> tuple[Wild, ...]:
        answer = await self._client.call(
            "taobao.tmc.messages.consume", {**self._group, "quantity": str(AT_ONCE)}
        )
        return tuple(answer["messages"]["tmc_message"])

    async def _confirm(self, fetched: Sequence[Wild]) -> None:
        ids = ",".join(raw["id"].id() for raw in fetched)
        await self._client.call(
            "taobao.tmc.messages.confirm", {**self._group, "s_message_ids": ids}, is_read=False
        )
