"""`python -m bench.tickets`: the desk with a million tickets in the store."""

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

REPORT = Path(__file__).parent / "tickets.md"
ROOT = Path(__file__).parent.parent
LIMIT_MS = 20

_LIMITED = {
    "open": "a customer's message opens one: deadlines, decision among 50, offer, card",
    "assign": "somebody is looked for: 50 candidates, all terms kept",
    "take": "it is taken: the customer and the card hear of it",
    "owner": "list: of an owner, 50",
    "nobody": "list: nobody's, 50",
    "unsolved": "list: unsolved, 50",
    "store": "list: of a store, 50",
    "late": "list: late ones, 50",
    "customer": "list: of a customer",
    "one": "one by its number",
    "history": "its history",
}


def measured() -> dict[str, Any]:
    """Run the measurement in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.ticket_load"], cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def report(found: dict[str, Any]) -> str:
    """Write the report's text."""
    small, large = found["small"]["figures"], found["large"]["figures"]
    at, machine = datetime.now(UTC), f"{os.cpu_count()} cores, {platform.machine()}"
    scan, sweep = large["scan"]["p50"], large["idle"]["p50"]
    lines = [
        "# A million tickets",
        "",
        f"Written by `make bench-tickets` on {at:%Y-%m-%d %H:%M} UTC: {machine}, Python "
        f"{platform.python_version()}, embedded PostgreSQL, "
        f"load average {os.getloadavg()[1]:.1f} (five minutes).",
        f"The same work, in the same run, on a store of {found['small']['tickets']:,} and of "
        f"{found['large']['tickets']:,} tickets, 10,000 of them unsolved. Times in ms, ours from "
        "the first statement to the commit, on the disk. `SELECT 1` tells how busy the machine "
        "was: where it takes longer than 0.3 ms, the rest waited for others, too.",
        "",
        "| what | 1,000: p50 | p95 | 1,000,000: p50 | p95 | ratio of p50 | limit of p95 |",
        "|---|---|---|---|---|---|---|",
        _row("`SELECT 1`", small["nothing"], large["nothing"], ""),
        *(_row(said, small[name], large[name], LIMIT_MS) for name, said in _LIMITED.items()),
        _row("the ticker's look where nothing is due", small["idle"], large["idle"], ""),
        _row("ten deadlines break: judged, told, escalated", small["due"], large["due"], ""),
        _row("peer: a sweep that reads all unsolved", small["scan"], large["scan"], ""),
        "",
        f"The look where nothing is due costs 1/{scan / sweep:.0f} of the peer's, which reads "
        "10,000 rows each time and has told nobody yet.",
        "",
    ]
    return "\n".join(lines)


def _row(said: str, small: dict[str, float], large: dict[str, float], limit: object) -> str:
    ratio = large["p50"] / small["p50"]
    figures = f"{small['p50']} | {small['p95']} | {large['p50']} | {large['p95']} | {ratio:.1f}"
    return f"| {said} | {figures} | {f'< {limit}' if limit else ''} |"


if __name__ == "__main__":
    REPORT.write_text(report(measured()), encoding="utf-8")
    sys.stdout.write(REPORT.read_text(encoding="utf-8"))
