"""What every seat sees: lines of chat in order, each revision numbered, for page and tests."""

import asyncio
from collections import defaultdict, deque
from dataclasses import asdict, dataclass, field

from sandbox.jsontext import JsonObject

KEPT_CHANGES = 5000


@dataclass(slots=True)
class Line:
    """One bubble, card or notice in one seat. `at` is fake Unix time."""

    id: str
    seat: str
    at: float
    sender: str
    kind: str
    body: JsonObject
    state: str = "sent"
    note: str = ""
    author: str = ""
    seq: int = 0

    def shown(self) -> JsonObject:
        """The line as the control API gives it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a page must redraw: a line, a session, the clock, the bot's state."""

    seq: int
    kind: str
    payload: JsonObject


@dataclass(slots=True)
class Feed:
    """All seats' lines, and a numbered stream of changes."""

    seq: int = 0
    _seats: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    _lines: dict[tuple[str, str], Line] = field(default_factory=dict)
    _changes: deque[Change] = field(default_factory=lambda: deque(maxlen=KEPT_CHANGES))
    _bell: asyncio.Event = field(default_factory=asyncio.Event)

    def post(self, line: Line) -> Line:
        """Append a new line to its seat."""
        self._seats[line.seat].append(line)
        self._lines[line.seat, line.id] = line
        return self.touch(line)

    def touch(self, line: Line) -> Line:
        """Publish a line's new state."""
        line.seq = self.seq + 1
        self.tell("line", line.shown())
        return line

    def tell(self, kind: str, payload: JsonObject) -> None:
        """Publish a change that is no line."""
        self.seq += 1
        self._changes.append(Change(self.seq, kind, payload))
        self._bell.set()
        self._bell = asyncio.Event()

    def line(self, seat: str, line_id: str) -> Line | None:
        """One line, or None."""
        return self._lines.get((seat, line_id))

    def of_seat(self, seat: str, since: int = 0) -> list[Line]:
        """The seat's lines that are new or changed after `since`, oldest first."""
        return [line for line in self._seats.get(seat, ()) if line.seq > since]

    def changes(self, since: int) -> list[Change]:
        """What happened after `since`, as far as it is kept."""
        newer = []
        for change in reversed(self._changes):
            if change.seq <= since:
                break
            newer.append(change)
        newer.reverse()
        return newer

    async def wait(self, since: int, seconds: float) -> bool:
        """Wait for any change after `since`; False when time ran out."""
        if self.seq > since:
            return True
        try:
            async with asyncio.timeout(seconds):
                await self._bell.wait()
        except TimeoutError:
            return False
        return True


def customer_seat(open_kfid: str, external_userid: str) -> str:
    """The seat of a customer's chat with a 客服 account."""
    return f"customer:{open_kfid}:{external_userid}"


def member_seat(userid: str) -> str:
    """The seat of a colleague's chat with the app."""
    return f"member:{userid}"


def group_seat(key: str) -> str:
    """The seat of a group robot's group."""
    return f"group:{key}"
