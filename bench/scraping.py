"""Reads a histogram of the bot out of its /metrics."""

import asyncio
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

_SAMPLE = re.compile(r"^(\w+)\{(.*)\} ([0-9.e+]+)$", re.MULTILINE)
_LABEL = re.compile(r'(\w+)="([^"]*)"')
_LOOK_EVERY = 0.02
"""Seconds; looking more often would keep the bot busy with being looked at."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts by upper bound in seconds, each with all below it."""

    counts: Mapping[float, float]

    @property
    def total(self) -> int:
        """How many were counted."""
        return int(self.counts.get(float("inf"), 0))

    def since(self, before: "Histogram") -> "Histogram":
        """What was counted after another look."""
        return Histogram({at: n - before.counts.get(at, 0) for at, n in self.counts.items()})

    def below(self, share: float) -> float:
        """The seconds that this share stayed below, even within a bucket."""
        wanted, lower, below = share * self.total, 0.0, 0.0
        for upper, count in sorted(self.counts.items()):
            if count >= wanted and count > below:
                if upper == float("inf"):
                    return upper
                return lower + (upper - lower) * (wanted - below) / (count - below)
            lower, below = upper, count
        return lower


class Scraper:
    """Looks at one histogram, labelled by shop."""

    def __init__(self, bot: aiohttp.ClientSession, name: str) -> None:
        self._bot, self._name = bot, name

    async def histogram(self) -> Histogram:
        """All shops together."""
        counts: dict[float, float] = {}
        for labels, value in await self._samples("_bucket"):
            at = float(labels["le"])
            counts[at] = counts.get(at, 0) + value
        return Histogram(counts)

    async def count(self, shop: str) -> float:
        """How many were counted for a shop."""
        samples = await self._samples("_count")
        return next((value for labels, value in samples if labels["shop"] == shop), 0)

    async def beyond(self, shop: str, seen: float) -> float:
        """Wait until a shop's count is beyond that; the moment on the monotonic clock."""
        while await self.count(shop) <= seen:  # noqa: ASYNC110 - told by nobody but /metrics
            await asyncio.sleep(_LOOK_EVERY)
        return time.monotonic()

    async def _samples(self, suffix: str) -> list[tuple[dict[str, str], float]]:
        async with self._bot.get("/metrics") as answer:
            text = await answer.text()
        return [
            (dict(_LABEL.findall(labels)), float(value))
            for name, labels, value in _SAMPLE.findall(text)
            if name == self._name + suffix
        ]
