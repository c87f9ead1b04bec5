"""`make bench-lag`: from a change in a shop until the house knows it, into bench/lag.md."""

import asyncio
import itertools
import os
import platform
import random
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
import yaml

from bench.polling import Poller
from bench.scraping import Histogram, Scraper
from sandbox.shops.wechat_store.credentials import WechatStoreKeys
from tools.local import MERCHANT, House, Ports, free_port

REPORT = Path(__file__).parent / "lag.md"
RATE = 20
"""Changes per second over both busy shops together."""
LOAD_SECONDS = 30
GRANTED = 100
"""Calls a second: an order of these shops is read in up to three."""
SETTLED_AFTER = 20.0
"""Seconds after the start in which the first pull walks through the past."""

BUSY = {
    "youzan": (
        ("E20261017103512019500011", "E20261116201844019500026", "E20261110142207019500033"),
        ("WAIT_BUYER_CONFIRM_GOODS", "TRADE_SUCCESS"),
    ),
    "douyin": (("6937480133650876051", "6935913307266401945"), ("3", "5")),
}
QUIET = ("wechat_store", "wechat-store", "3737401822650113024", ("100", "30"))
"""Mount, shop, order and its two states: the shop whose single changes are followed."""


async def measure() -> str:
    """Run everything and write the report's text."""
    with TemporaryDirectory() as folder:
        extra = {"SHOPS_FILE": str(_granted_more(Path(folder)))}
        house = House(Ports(free_port(), free_port(), free_port()), Path(folder), extra)
        try:
            await house.start("sandbox")
            await house.start("bot")
            return await _measured(house)
        finally:
            await house.stop()


def _granted_more(folder: Path) -> Path:
    """The sandbox's shops, but that the busy ones may be called as often as the fakes allow."""
    data = yaml.safe_load((MERCHANT / "shops.yml").read_text(encoding="utf-8"))
    for shop in data["shops"]:
        if shop["platform"] in BUSY:
            shop["calls_per_second"] = GRANTED
    written = folder / "shops.yml"
    written.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return written


async def _measured(house: House) -> str:
    async with (
        aiohttp.ClientSession(house.sandbox_url) as sandbox,
        aiohttp.ClientSession(house.bot_url) as bot,
    ):
        scraper = Scraper(bot, "zhanggui_shop_push_lag_seconds")
        await _warm(sandbox)
        before = await scraper.histogram()
        load = asyncio.create_task(_load(sandbox))
        ours, polled = await _followed(sandbox, scraper, load)
        changes = await load
        await asyncio.sleep(1)
        after = await scraper.histogram()
    return _report(after.since(before), changes, ours, polled)


async def _warm(sandbox: aiohttp.ClientSession) -> None:
    """The first push of each shop finds no token, and its address has yet to be checked."""
    for mount, (numbers, states) in (*BUSY.items(), (QUIET[0], ((QUIET[2],), QUIET[3]))):
        await _set(sandbox, mount, numbers[0], states[1])
    await asyncio.sleep(SETTLED_AFTER)


async def _load(sandbox: aiohttp.ClientSession) -> int:
    """Change orders of the busy shops at an even pace; how many were changed."""
    began, changes = time.monotonic(), _changes()
    async with asyncio.TaskGroup() as tasks:
        for count in range(RATE * LOAD_SECONDS):
            await asyncio.sleep(began + count / RATE - time.monotonic())
            tasks.create_task(_set(sandbox, *next(changes)))
    return RATE * LOAD_SECONDS


def _changes() -> Iterator[tuple[str, str, str]]:
    """All orders in turn, shop by shop, each to its one state and then to the other."""
    for at in itertools.count():
        for mount, (numbers, states) in BUSY.items():
            yield mount, numbers[at % len(numbers)], states[at // len(numbers) % len(states)]


async def _set(sandbox: aiohttp.ClientSession, mount: str, number: str, status: str) -> None:
    wish = {"order": {"number": number, "status": status}}
    async with sandbox.post(f"/{mount}/_control", json=wish) as answer:
        answer.raise_for_status()


async def _followed(
    sandbox: aiohttp.ClientSession, scraper: Scraper, load: "asyncio.Task[int]"
) -> tuple[list[float], list[float]]:
    """Change one order again and again; seconds until the house, and the poller, know it."""
    mount, shop, number, states = QUIET
    ours: list[float] = []
    polled: list[float] = []
    async with Poller(sandbox, WechatStoreKeys(), number) as poller:
        for state in itertools.cycle(states):
            if load.done():
                break
            seen = await scraper.count(shop)
            began = time.monotonic()
            change = asyncio.create_task(_set(sandbox, mount, number, state))
            waited = await asyncio.gather(
                scraper.beyond(shop, seen), poller.sees(state), return_exceptions=False
            )
            await change
            ours.append(waited[0] - began)
            polled.append(waited[1] - began)
            await asyncio.sleep(random.random())
    return ours, polled


def _at(share: float, times: Sequence[float]) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _report(all_pushes: Histogram, changes: int, ours: list[float], polled: list[float]) -> str:
    def row(name: str, share: float) -> str:
        mine, theirs = _at(share, ours) * 1000, _at(share, polled) * 1000
        return f"| {name} | {mine:.0f} ms | {theirs:.0f} ms | {theirs / mine:.1f} |"

    lags = [f"{all_pushes.below(share) * 1000:.0f} ms" for share in (0.5, 0.95, 0.99)]
    at, machine = datetime.now(UTC), f"{os.cpu_count()} cores, {platform.machine()}"
    return "\n".join(
        [
            "# From a shop's change to the house's knowledge",
            "",
            f"Written by `make bench-lag` on {at:%Y-%m-%d %H:%M} UTC: {machine}, "
            f"Python {platform.python_version()}.",
            "Sandbox and bot (all roles, embedded PostgreSQL and Redis) share these cores.",
            f"The load of the machine was {os.getloadavg()[0]:.1f} (1 minute) at the end: where "
            "that is far above the cores,",
            "others worked there too, and the tails are theirs. Run it on a machine of its own.",
            "",
            f"{changes} orders of two shops are changed at {RATE}/s. Each push is verified and",
            "kept, the order read again from its shop (one to three calls), and booked.",
            "",
            "| from a push's arrival until book and answers have it | figure | limit |",
            "|---|---|---|",
            f"| pushes worked | {all_pushes.total} of {changes + len(ours)} | |",
            f"| p50 | {lags[0]} | |",
            f"| p95 | {lags[1]} | |",
            f"| p99 | {lags[2]} | < 100 ms |",
            "",
            "This is the bot's own histogram. Pushes on one order that come while it waits are "
            "worked as one.",
            "",
            f"Beside that load, an order of a third shop is changed {len(ours)} times and followed "
            "from outside.",
            "The peer is what is written without pushes: the list of changed orders polled every "
            "second over the same API,",
            "and the order read.",
            "",
            "| from the change in the shop until it is known | ours | polled | polled / ours |",
            "|---|---|---|---|",
            row("p50", 0.5),
            row("p95", 0.95),
            row("slowest", 1.0),
            "",
        ]
    )


if __name__ == "__main__":
    REPORT.write_text(asyncio.run(measure()), encoding="utf-8")
    sys.stdout.write(REPORT.read_text(encoding="utf-8"))
