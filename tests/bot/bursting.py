"""A process that uses embedded engines and writes row after row, until it is ended or killed.

Run as `python -m tests.bot.bursting DATA_DIR [busy]`; prints each number once it is committed.
With `busy` a second session computes for ever, so that its backend outlives the postmaster.
"""

import asyncio
import signal
import sys
from pathlib import Path

import asyncpg
import structlog

from bot.engines import engines
from tests.conftest import EngineSettings

FOREVER = "DO $$ DECLARE i bigint := 0; BEGIN LOOP i := i + 1; END LOOP; END $$"


async def burst(data_dir: Path, *, busy: bool) -> None:
    """Write and print until cancelled."""
    async with engines(EngineSettings(data_dir)) as urls, asyncio.TaskGroup() as group:
        dsn = urls.database.replace("+asyncpg", "")
        if busy:
            group.create_task((await asyncpg.connect(dsn)).execute(FOREVER))
        connection = await asyncpg.connect(dsn)
        await connection.execute("CREATE TABLE IF NOT EXISTS written (n integer)")
        number = await connection.fetchval("SELECT coalesce(max(n), 0) FROM written")
        while True:
            number += 1
            await connection.execute("INSERT INTO written VALUES ($1)", number)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


async def main() -> None:
    """Burst until SIGTERM."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    bursting = asyncio.create_task(burst(Path(sys.argv[1]), busy="busy" in sys.argv))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, bursting.cancel)
    await asyncio.wait([bursting])


if __name__ == "__main__":
    asyncio.run(main())
