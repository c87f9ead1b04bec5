"""TOP's messages over its HTTP gateway: fetched in turns, confirmed once they are kept."""

import asyncio
from collections.abc import Mapping, Sequence

from desk.shops.powers import Keep
from integrations.taobao import messages
from integrations.taobao.client import TopClient
from integrations.wild import Wild

AT_ONCE = 100
"""Messages fetched in one turn: TOP gives 10 to 200 and takes 200 confirmations."""

PAUSE = 3.0
"""Seconds until the next turn when there was nothing more to fetch."""


async def listen(shop: str, client: TopClient, keep: Keep) -> None:
    """Let the seller's messages flow, and hand each turn of them to `keep`.

    Raises what `keep` and the gateway raise; what was not confirmed by then comes again.
    """
    await client.call("taobao.tmc.user.permit", {}, is_read=False)
    group = {"group_name": client.message_group} if client.message_group else {}
    while True:
        fetched = await _fetch(client, group)
        if fetched:
            await keep(tuple(messages.event(shop, raw) for raw in fetched))
            await _confirm(client, group, fetched)
        if len(fetched) < AT_ONCE:
            await asyncio.sleep(PAUSE)


async def _fetch(client: TopClient, group: Mapping[str, str]) -> tuple[Wild, ...]:
    answer = await client.call("taobao.tmc.messages.consume", {**group, "quantity": str(AT_ONCE)})
    return tuple(answer["messages"]["tmc_message"])


async def _confirm(client: TopClient, group: Mapping[str, str], fetched: Sequence[Wild]) -> None:
    ids = ",".join(raw["id"].id() for raw in fetched)
    await client.call("taobao.tmc.messages.confirm", {**group, "s_message_ids": ids}, is_read=False)
