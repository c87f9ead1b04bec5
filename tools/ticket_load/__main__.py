"""Times the desk with a thousand and with a million tickets in the store; JSON on stdout.

`python -m bench.tickets` runs it and writes the report.
"""

import asyncio
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.engines import engines
from bot.telemetry import configure_logging
from desk.store.database import Database
from desk.store.migrate import migrate
from tools.ticket_load.filling import Past, fill
from tools.ticket_load.working import Load

SMALL = Past(tickets=1_000, unsolved=700, free=600, customers=100)
LARGE = Past(tickets=1_000_000, unsolved=10_000, free=600, customers=100_000)
_ROUNDS = 120


@dataclass(frozen=True, slots=True)
class _Settings:
    """An embedded PostgreSQL of its own; nothing here needs Redis."""

    data_dir: Path
    database_url: str = ""
    redis_url: str = "unused"


async def timed(past: Past, rounds: int) -> dict[str, Any]:
    """Fill a database of its own and time the desk on it."""
    with TemporaryDirectory() as folder:
        async with engines(_Settings(Path(folder))) as urls:
            await migrate(urls.database)
            began = time.perf_counter()
            await fill(urls.database.replace("+asyncpg", ""), past)
            filled = time.perf_counter() - began
            async with Database(urls.database) as library:
                figures = await Load(library, rounds, past.tickets).figures()
    return {"tickets": past.tickets, "filled_seconds": round(filled), "figures": figures}


async def measure(rounds: int) -> dict[str, Any]:
    """Both in one run, on one machine."""
    return {"small": await timed(SMALL, rounds), "large": await timed(LARGE, rounds)}


if __name__ == "__main__":
    configure_logging("critical")
    json.dump(asyncio.run(measure(int(sys.argv[1]) if sys.argv[1:] else _ROUNDS)), sys.stdout)
