"""`python -m tools.three_days FIGURES.json`: play the days, write docs/desk-72h.md and figures."""

import asyncio
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.engines import engines
from bot.telemetry import configure_logging
from desk.store.database import Database
from desk.store.migrate import migrate
from tools.three_days.checks import wrong
from tools.three_days.days import Days, Script
from tools.three_days.figures import figures
from tools.three_days.report import report
from tools.three_days.trail import Trail

REPORT = Path(__file__).parents[2] / "docs" / "desk-72h.md"


@dataclass(frozen=True, slots=True)
class _Settings:
    """An embedded PostgreSQL of its own; nothing here needs Redis."""

    data_dir: Path
    database_url: str = ""
    redis_url: str = "unused"


async def played(script: Script) -> Trail:
    """Play a script on a database of its own."""
    with TemporaryDirectory() as folder:
        async with engines(_Settings(Path(folder))) as urls:
            await migrate(urls.database)
            async with Database(urls.database) as library:
                return await Days(library, script).play()


def main(target: Path) -> None:
    """Play, check and write down."""
    configure_logging("error")
    script = Script()
    began = time.perf_counter()
    trail = asyncio.run(played(script))
    sys.stdout.write(f"{script.hours} hours in {time.perf_counter() - began:.0f} s\n")
    if found := wrong(trail):
        sys.exit("\n".join(found))
    shown = figures(trail)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(shown, ensure_ascii=False), encoding="utf-8")
    REPORT.write_text(report(shown, script), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
