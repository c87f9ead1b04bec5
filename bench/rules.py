"""`python -m bench.rules`: what 1,000 rules cost where few are touched, into bench/rules.md."""

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

REPORT = Path(__file__).parent / "rules.md"
ROOT = Path(__file__).parent.parent
PEERS = {
    "cel": "every condition asked, in the same CEL (C++)",
    "rule_engine": "every rule asked, with the library rule-engine",
}
WORDS = {
    "ours": "ours: by first characters, standard library",
    "alternation": "one compiled alternation (`re`)",
    "ahocorasick": "pyahocorasick (C)",
}


def measured() -> dict[str, Any]:
    """Run the measurement in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.rules_speed"], cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def report(figures: dict[str, Any]) -> str:
    """Write the report's text."""
    ours, touched = figures["ours"], figures["touched"]

    def row(name: str, took: dict[str, float], by: dict[str, float]) -> str:
        ratio = took["p50"] / by["p50"]
        return f"| {name} | {took['p50']} ms | {took['p95']} ms | {took['p99']} ms | {ratio:.1f} |"

    at, machine = datetime.now(UTC), f"{os.cpu_count()} cores, {platform.machine()}"
    words = figures["words"]
    head = ("| what | p50 | p95 | p99 | times ours |", "|---|---|---|---|---|")
    lines = [
        f"# {figures['rules']} rules",
        "",
        f"Written by `python -m bench.rules` on {at:%Y-%m-%d %H:%M} UTC: {machine}, "
        f"Python {platform.python_version()}.",
        f"{figures['rules']} rules on messages, tickets and orders; a happening touches "
        f"{touched['mean']} of them on average, {touched['most']} at the most. Index, words and "
        "conditions, all facts at hand. All peers give the same answers.",
        "",
        *head,
        row("ours", ours, ours),
        *(row(PEERS[name], took, ours) for name, took in figures["peers"].items()),
        "",
        "Finding the words of all rules in a message:",
        "",
        *head,
        *(row(WORDS[name], took, words["ours"]) for name, took in words.items()),
        "",
        "An alternation finds one word at each place only, and none inside another. "
        "Peers that the lock does not hold are measured where they are installed.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    REPORT.write_text(report(measured()), encoding="utf-8")
    sys.stdout.write(REPORT.read_text(encoding="utf-8"))
