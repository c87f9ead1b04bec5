"""What insights need from a store."""

from datetime import datetime, timedelta
from typing import Protocol

from desk.insights.model import DigestFigures


class InsightReader(Protocol):
    """Counts what happened."""

    async def figures(
        self, since: datetime, until: datetime, late_after: timedelta
    ) -> DigestFigures:
        """The figures of a span; `overdue` and `dead_letters` are as of `until`."""


class DigestStore(Protocol):
    """Which digests have gone out."""

    async def claim(self, digest: str, period: str, at: datetime) -> bool:
        """Claim a digest of a period ("daily", "2026-11-21"); False if it was claimed before."""

    async def claimed(self, digest: str, period: str) -> bool:
        """Tell whether a digest of a period was claimed."""
