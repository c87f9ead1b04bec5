"""Measures the reading of the holdout with and without the language model: `make nlu-opinion`.

Takes LLM_* from the environment and starts an NLU process of its own.
"""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp
import yaml
from redis.asyncio import Redis

from bot.engines import engines
from bot.opinion.budget import Budget
from bot.opinion.model import Endpoint, LanguageModel
from bot.opinion.second import SecondOpinion
from bot.settings import Settings
from bot.understanding.client import NluClient
from bot.understanding.reader import UNSURE, Reader
from desk.conversations.incoming import Text
from desk.conversations.model import Dialogue
from desk.kernel.clock import SystemClock
from desk.turns import Understanding
from tools.local import House, Ports, free_port

HOLDOUT = Path(__file__).parent.parent / "nlu_data" / "holdout"
_OFFERED = 2


@dataclass(slots=True)
class Tally:
    """How messages ended: right or wrong at once, right after a tap on the menu, or lost."""

    ends: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def count(self, meant: Understanding, intent: str) -> None:
        """Count one message."""
        if meant.source != UNSURE:
            self.ends["right at once" if meant.intent == intent else "wrong at once"] += 1
            return
        offered = [name for name, _ in meant.ranking[:_OFFERED]]
        self.ends["right after a tap" if intent in offered else "to a person"] += 1

    def told(self, name: str) -> str:
        """A line of the report."""
        total = self.ends.total()
        shares = ", ".join(f"{end} {times / total:.3f}" for end, times in sorted(self.ends.items()))
        return f"{name:8} {shares}; {self.seconds:.0f} s for {total}\n"


def examples() -> list[tuple[str, str]]:
    """The holdout's texts and intents."""
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in HOLDOUT.glob("*.yml")]
    rows: list[dict[str, Any]] = [each for file in files for each in file["examples"]]
    return [(str(each["text"]), str(each["intent"])) for each in rows]


async def compare(settings: Settings, nlu: NluClient, second: SecondOpinion) -> Sequence[str]:
    """Read everything both ways."""
    reader = Reader(nlu, settings.nlu_threshold, settings.nlu_margin)
    alone, both = Tally(), Tally()
    for text, intent in examples():
        began = time.perf_counter()
        meant = (await reader.read(Text(text), Dialogue())).meant
        read = time.perf_counter()
        alone.count(meant, intent)
        alone.seconds += read - began
        if meant.source == UNSURE:
            meant = await second.on(text, meant)
        both.count(meant, intent)
        both.seconds += time.perf_counter() - began
    return alone.told("without"), both.told("with")


async def main() -> int:
    """Print both lines; 1 where no model is set."""
    settings = Settings()
    if not settings.llm_is_set:
        sys.stdout.write("set LLM_URL and LLM_MODEL (and LLM_KEY) first: docs/language-model.md\n")
        return 1
    with TemporaryDirectory() as folder:
        house = House(Ports(nlu=free_port()), Path(folder))
        await house.start("nlu")
        engine_settings = settings.model_copy(update={"data_dir": Path(folder)})
        try:
            async with engines(engine_settings) as urls, aiohttp.ClientSession() as session:
                redis = Redis.from_url(urls.redis)
                budget = Budget(redis, SystemClock(), settings.llm_per_day)
                key = settings.llm_key.get_secret_value()
                end = Endpoint(settings.llm_url, key, settings.llm_model, settings.llm_timeout)
                second = SecondOpinion(LanguageModel(session, end, budget))
                nlu = NluClient(session, f"http://127.0.0.1:{house.ports.nlu}", 5.0)
                sys.stdout.writelines(await compare(settings, nlu, second))
                await redis.aclose()
        finally:
            await house.stop()
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
