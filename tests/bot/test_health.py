"""Health answers for itself, part by part."""

import asyncio

import aiohttp
import pytest

from bot.health import OK, Health, Part
from bot.server import build_app, listen
from desk.kernel.errors import Unavailable


async def fine() -> str:
    return OK


async def away() -> str:
    return "away"


async def stuck() -> str:
    await asyncio.sleep(60)
    return OK


@pytest.mark.parametrize(
    ("parts", "status", "ready"),
    [
        ((Part("database", fine, needed=True), Part("nlu", fine)), 200, True),
        ((Part("database", fine, needed=True), Part("nlu", away)), 200, True),
        ((Part("database", away, needed=True), Part("nlu", fine)), 503, False),
    ],
)
async def test_only_needed_parts_make_the_house_unready(
    parts: tuple[Part, ...], status: int, ready: bool
) -> None:
    runner = await listen(build_app(Health(parts).routes()), "127.0.0.1", 0)
    host, port = runner.addresses[0][:2]
    async with (
        aiohttp.ClientSession(f"http://{host}:{port}") as client,
        client.get("/readyz") as answer,
    ):
        body = await answer.json()
        assert (answer.status, body["ready"]) == (status, ready)
        assert set(body["parts"]) == {part.name for part in parts}
    await runner.cleanup()


async def test_a_part_that_fails_says_so_instead_of_breaking_the_answer() -> None:
    async def broken() -> str:
        raise Unavailable("database.unavailable", "")

    health = Health((Part("database", broken, needed=True),))
    runner = await listen(build_app(health.routes()), "127.0.0.1", 0)
    host, port = runner.addresses[0][:2]
    async with (
        aiohttp.ClientSession(f"http://{host}:{port}") as client,
        client.get("/readyz") as answer,
    ):
        assert answer.status == 503
        assert (await answer.json())["parts"] == {"database": "database.unavailable"}
    await runner.cleanup()


async def test_a_part_that_hangs_does_not_hang_the_answer() -> None:
    runner = await listen(build_app(Health((Part("nlu", stuck),)).routes()), "127.0.0.1", 0)
    host, port = runner.addresses[0][:2]
    async with (
        aiohttp.ClientSession(f"http://{host}:{port}") as client,
        client.get("/readyz") as answer,
    ):
        assert (await answer.json())["parts"]["nlu"] == "no answer in time"
    await runner.cleanup()


async def test_alive_and_metrics_answer() -> None:
    runner = await listen(build_app(Health(()).routes()), "127.0.0.1", 0)
    host, port = runner.addresses[0][:2]
    async with aiohttp.ClientSession(f"http://{host}:{port}") as client:
        async with client.get("/healthz") as answer:
            assert await answer.json() == {"alive": True}
        async with client.get("/metrics") as answer:
            assert "zhanggui_" in await answer.text()
        async with client.get("/nowhere") as answer:
            assert answer.status == 404
    await runner.cleanup()
