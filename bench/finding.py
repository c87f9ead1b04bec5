"""`python -m bench.finding`: finding among 20,000 products, into bench/finding.md."""

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

REPORT = Path(__file__).parent / "finding.md"
ROOT = Path(__file__).parent.parent


def measured() -> dict[str, Any]:
    """Run the measurement in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.finding"], cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def report(figures: dict[str, Any]) -> str:
    """Write the report's text."""
    ours, theirs, right = figures["ours"], figures["rapidfuzz"], figures["right"]

    def row(name: str, key: str) -> str:
        ratio = theirs[key] / ours[key]
        return f"| {name} | {ours[key]} ms | {theirs[key]} ms | {ratio:.1f} |"

    at, machine = datetime.now(UTC), f"{os.cpu_count()} cores, {platform.machine()}"
    lines = [
        "# Finding a product by a customer's words",
        "",
        f"Written by `python -m bench.finding` on {at:%Y-%m-%d %H:%M} UTC: {machine}, "
        f"Python {platform.python_version()}.",
        f"{figures['products']} titles. The peer is rapidfuzz's `process.extract` (WRatio, C++), "
        "which compares every title and knows no sounds and no aliases.",
        "",
        "| what | ours | rapidfuzz | ratio |",
        "|---|---|---|---|",
        row("a question, p50", "p50"),
        row("a question, p95", "p95"),
        f"| the product that is meant comes first, of {right['lines']} wordings "
        f"| {right['ours']} | {right['rapidfuzz']} | |",
        f"| arranging the titles at the start | {figures['arranged_seconds']} s | none | |",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    REPORT.write_text(report(measured()), encoding="utf-8")
    sys.stdout.write(REPORT.read_text(encoding="utf-8"))
