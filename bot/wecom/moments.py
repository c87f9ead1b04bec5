"""Moments as WeCom writes them: seconds since 1970."""

from datetime import UTC, datetime


def from_unix(seconds: str | int, otherwise: datetime) -> datetime:
    """Read a moment, aware, in UTC; `otherwise` when it is missing or no moment at all."""
    try:
        moment = int(seconds)
        return datetime.fromtimestamp(moment, UTC) if moment > 0 else otherwise
    except (ValueError, OverflowError, OSError):
        return otherwise
