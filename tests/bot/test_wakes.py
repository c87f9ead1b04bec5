"""Bells ring in every process, however long it was quiet before."""

import asyncio
from collections.abc import Sequence

from redis.asyncio import Redis

from bot.wakes import Wakes


async def test_a_bell_rings_elsewhere_after_a_silence_longer_than_the_clients_patience(
    redis_url: str,
) -> None:
    away, told = list[str](), asyncio.Event()

    def forget(shop: str, keys: Sequence[str]) -> None:
        away.extend((shop, *keys))
        told.set()

    async with (
        Redis.from_url(redis_url) as here,
        Redis.from_url(redis_url, socket_timeout=0.1) as there,
    ):
        ours, theirs = Wakes(here), Wakes(there)
        theirs.on_forget(forget)
        listening = asyncio.create_task(theirs.listen())
        await asyncio.sleep(0.5)
        ours.ring("pushes")
        await ours.forget("jd", ("order:J1",))
        async with asyncio.timeout(30):
            await theirs.pushes.wait(seconds=30)
            await told.wait()
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)

    assert away == ["jd", "order:J1"]
