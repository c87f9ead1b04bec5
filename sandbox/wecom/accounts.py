"""A 客服 account: its messages for sync_msg, its servicers, its msgids (WeCom doc 94670)."""

import base64
import binascii
import bisect
import secrets
from dataclasses import dataclass, field

from sandbox.jsontext import JsonObject
from sandbox.wecom.errors import ApiError
from sandbox.wecom.windows import Window

READABLE_SECONDS = 3 * 24 * 3600
# WeCom only says that a pull without the doorbell's token is limited "strictly".
PULLS_WITHOUT_TOKEN_PER_MINUTE = 10
BAD_CURSOR = 50100


@dataclass(slots=True)
class KfAccount:
    """One account with everything that sync_msg and send_msg need to know."""

    open_kfid: str
    name: str
    servicers: dict[str, int] = field(default_factory=dict)
    # A cursor of an earlier run points into a history that is gone.
    run: str = field(default_factory=lambda: secrets.token_hex(2))
    sent_msgids: set[str] = field(default_factory=set)
    bare_pulls: Window = field(default_factory=lambda: Window(PULLS_WITHOUT_TOKEN_PER_MINUTE, 60))
    _log: list[JsonObject] = field(default_factory=list)
    _times: list[int] = field(default_factory=list)

    def add(self, entry: JsonObject, send_time: int) -> None:
        """Append to the history that sync_msg reads."""
        self._log.append(entry)
        self._times.append(send_time)

    def start(self, cursor: str | None, now: float) -> int:
        """Where a pull begins. Raises ApiError 50100 for a foreign cursor."""
        oldest = bisect.bisect_left(self._times, int(now) - READABLE_SECONDS)
        if cursor is None:
            return oldest
        return max(self._position(cursor), oldest)

    def page(self, start: int, limit: int) -> tuple[list[JsonObject], str, bool]:
        """Up to `limit` entries, the next cursor, and whether there are more."""
        end = min(start + limit, len(self._log))
        return self._log[start:end], self.cursor(end), end < len(self._log)

    def cursor(self, position: int) -> str:
        """An opaque cursor of at most 64 bytes."""
        return base64.urlsafe_b64encode(f"{position}.{self._owner()}".encode()).decode()[:64]

    def _position(self, cursor: str) -> int:
        try:
            plain = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
            head, _, owner = plain.partition(".")
            position = int(head)
        except (binascii.Error, ValueError) as broken:
            raise ApiError(BAD_CURSOR) from broken
        ours = len(owner) > len(self.run) and self._owner().startswith(owner)
        if not ours or not 0 <= position <= len(self._log):
            raise ApiError(BAD_CURSOR)
        return position

    def _owner(self) -> str:
        return f"{self.run}.{self.open_kfid}"
