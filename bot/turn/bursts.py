"""Bursts: what a customer sends in quick succession is one thing said in several messages."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.understanding.reader import DEAF, UNSURE
from desk.conversations.incoming import ChannelName, Media, Text
from desk.conversations.model import InboxRow
from desk.turns import Understanding

PAUSE = timedelta(milliseconds=600)
"""How long a beginning ("在吗", half a sentence, a picture) waits for the rest."""
LONGEST = timedelta(seconds=3)
"""Nobody waits longer than this for an answer because of messages that keep coming."""

_TOGETHER = timedelta(seconds=20)
"""Messages further apart are two things said, even where they waited for us together."""
_OPENINGS = frozenset(("greet", "media", "form"))

Burst = tuple[InboxRow, ...]


def bursts(rows: Sequence[InboxRow]) -> Iterator[Burst]:
    """Divide the waiting rows of a conversation into what is worked as one turn each.

    Texts that belong together are one burst, pictures that follow each other are one; taps,
    commands of the staff and signals stand alone.
    """
    burst: list[InboxRow] = []
    for row in rows:
        if burst and not _belongs(burst[-1], row):
            yield tuple(burst)
            burst = []
        burst.append(row)
    if burst:
        yield tuple(burst)


def wait_until(burst: Burst, meant: Understanding, now: datetime) -> datetime | None:
    """Until when a burst shall wait for more; None where it is to be answered now."""
    if not (meant.intent in _OPENINGS or meant.source == UNSURE or meant.intent == DEAF):
        return None
    if not _may_be_part(burst[-1]):
        return None
    until = min(burst[-1].heard_at + PAUSE, burst[0].heard_at + LONGEST)
    return until if now < until else None


def _belongs(before: InboxRow, row: InboxRow) -> bool:
    alike = type(before.incoming.content) is type(row.incoming.content)
    near = row.incoming.sent_at - before.incoming.sent_at <= _TOGETHER
    return alike and near and _may_be_part(before) and _may_be_part(row)


def _may_be_part(row: InboxRow) -> bool:
    """Whether others may belong to it; a row that failed before is worked alone."""
    incoming = row.incoming
    if incoming.channel is not ChannelName.KF or incoming.historic or row.attempts:
        return False
    match incoming.content:
        case Text(menu_id=menu):
            return not menu
        case Media():
            return True
        case _:
            return False


def said_in(row: InboxRow) -> str:
    """The text of a message, "" where it is none."""
    return row.incoming.content.text if isinstance(row.incoming.content, Text) else ""
