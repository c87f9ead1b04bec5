"""`make bench`: load on the whole house, figures into bench/report.md."""

import asyncio
import os
import platform
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp

from bench.texts import TEXTS
from tools.local import House, Ports, free_port, start_all

REPORT = Path(__file__).parent / "report.md"
WARM_SECONDS = 10
LOAD_SECONDS = 60
RATE = 20
BUSY_CUSTOMERS = 50
MANY_CUSTOMERS = 600


@asynccontextmanager
async def running(data_dir: Path) -> AsyncIterator[House]:
    """The whole house on ports and a data folder of its own."""
    house = House(Ports(free_port(), free_port(), free_port()), data_dir)
    try:
        await start_all(house)
        yield house
    finally:
        await house.stop()


async def load(house: House, rate: int, seconds: int, customers: int) -> dict[str, Any]:
    """Have a crowd write, wait until all is answered (at most 30 s more), read the figures."""
    async with aiohttp.ClientSession(house.sandbox_url) as sandbox:
        await sandbox.delete("/sandbox/metrics")
        asked = {"rate_per_second": rate, "seconds": seconds, "customers": customers}
        async with sandbox.post("/sandbox/load", json={**asked, "texts": list(TEXTS)}) as answer:
            answer.raise_for_status()
        state: dict[str, Any] = {}
        deadline = time.monotonic() + seconds + 30
        while time.monotonic() < deadline:
            await asyncio.sleep(1)
            async with sandbox.get("/sandbox/load") as answer:
                state = await answer.json()
            if state["run"]["done"] and state["metrics"]["unanswered"] == 0:
                break
        metrics: dict[str, Any] = state["metrics"]
        async with sandbox.get("/sandbox/deliveries") as answer:
            metrics["callbacks"] = _callbacks((await answer.json())["deliveries"])
        return metrics


def _callbacks(deliveries: list[dict[str, Any]]) -> dict[str, Any]:
    times = sorted(
        attempt["latency_ms"]
        for each in deliveries
        for attempt in each["attempts"]
        if attempt.get("latency_ms") is not None
    )
    return {
        "count": len(times),
        "p50_ms": times[len(times) // 2],
        "p99_ms": times[min(len(times) - 1, int(0.99 * len(times)))],
        "max_ms": times[-1],
    }


async def measure() -> str:
    """Run everything and write the report's text."""
    with TemporaryDirectory() as folder:
        data = Path(folder)
        async with running(data) as house:
            await load(house, 5, WARM_SECONDS, BUSY_CUSTOMERS)
            many = await load(house, RATE, LOAD_SECONDS, MANY_CUSTOMERS)
            busy = await load(house, RATE, LOAD_SECONDS // 2, BUSY_CUSTOMERS)
            memory = {name: house.megabytes(name) for name in ("bot", "nlu")}
        async with running(data) as again:
            began = time.monotonic()
            first = await load(again, 1, 1, 1)
            second_start = max(again.seconds.values()) + (time.monotonic() - began)
            first_ms = first["p50_ms"]
    return _report(many, busy, memory, second_start, first_ms)


def _report(
    many: dict[str, Any],
    busy: dict[str, Any],
    memory: dict[str, int],
    second_start: float,
    first_ms: float,
) -> str:
    def row(name: str, figure: object, limit: str) -> str:
        return f"| {name} | {figure} | {limit} |"

    rows = [
        row(f"messages at {RATE}/s from {MANY_CUSTOMERS} customers, answered",
            f"{many['answered']} of {many['messages']}", "all"),
        row("customer message → accepted reply, p50", f"{many['p50_ms']} ms", ""),
        row("customer message → accepted reply, p99", f"{many['p99_ms']} ms", "< 1000 ms"),
        row("slowest", f"{many['max_ms']} ms", ""),
        row(f"the same from {BUSY_CUSTOMERS} customers, p99", f"{busy['p99_ms']} ms", "< 1000 ms"),
        row(f"callback acknowledged with {BUSY_CUSTOMERS} conversations active, p50",
            f"{busy['callbacks']['p50_ms']} ms", ""),
        row("callback acknowledged, p99", f"{busy['callbacks']['p99_ms']} ms", "< 50 ms"),
        row("memory of bot + NLU (VmRSS)",
            f"{memory['bot']} + {memory['nlu']} = {sum(memory.values())} MiB", "< 1536 MiB"),
        row("second start to first answer", f"{second_start:.1f} s", "< 40 s"),
        row("that first answer itself", f"{first_ms} ms", ""),
    ]  # fmt: skip
    return "\n".join(
        [
            "# Load on the whole house",
            "",
            f"Written by `make bench` on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC: "
            f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}.",
            "Sandbox, bot (all roles, embedded PostgreSQL and Redis) and NLU share these cores; "
            "the sandbox's own work is in the figures.",
            "",
            "| what | figure | limit |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    REPORT.write_text(asyncio.run(measure()), encoding="utf-8")
    sys.stdout.write(REPORT.read_text(encoding="utf-8"))
