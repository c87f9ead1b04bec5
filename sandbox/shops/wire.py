"""How both platforms write money and time: yuan strings and Beijing clock strings."""

from datetime import UTC, datetime, timedelta, timezone
from typing import TypeAlias

Json: TypeAlias = dict[str, object]

BEIJING = timezone(timedelta(hours=8))
SECONDS = "%Y-%m-%d %H:%M:%S"


def yuan(fen: int) -> str:
    """Fen as a decimal yuan string with two places: 16900 is "169.00"."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def beijing(moment: datetime | None) -> str:
    """`yyyy-MM-dd HH:mm:ss` in Beijing time; empty for None."""
    return moment.astimezone(BEIJING).strftime(SECONDS) if moment else ""


def stored(moment: datetime) -> datetime:
    """The moment as the platforms keep it: whole seconds."""
    return moment.replace(microsecond=0)


def from_beijing(text: str) -> datetime:
    """The aware UTC moment of a Beijing clock string. Raises ValueError."""
    naive = datetime.strptime(text, SECONDS)  # noqa: DTZ007 - the zone is fixed by the protocol
    return naive.replace(tzinfo=BEIJING).astimezone(UTC)


def epoch_ms(moment: datetime) -> int:
    """Unix milliseconds."""
    return int(moment.timestamp() * 1000)


def mask_mobile(mobile: str) -> str:
    """138****5678, as both platforms show a phone."""
    return f"{mobile[:3]}****{mobile[-4:]}" if len(mobile) == 11 else "*" * len(mobile)


def mask_name(name: str) -> str:
    """The first character and stars."""
    return name[:1] + "*" * max(1, len(name) - 1)
