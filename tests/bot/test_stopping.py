"""A loop that swallowed its cancellation ends at its next look."""

import asyncio

import pytest

from bot.stopping import stop_if_asked


async def test_a_lost_cancellation_is_found_again() -> None:
    looked = 0

    async def loop() -> None:
        nonlocal looked
        while True:
            stop_if_asked()
            looked += 1
            try:
                await asyncio.sleep(0)
            except asyncio.CancelledError:  # As some drivers do.
                continue

    task = asyncio.create_task(loop())
    await asyncio.sleep(0)
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert looked == 1


async def test_who_was_not_asked_goes_on() -> None:
    stop_if_asked()
