"""The app's chat with colleagues: sent messages, cards, response codes, limits (doc 90236)."""

import hashlib
import secrets
from collections import defaultdict
from dataclasses import dataclass, field

from sandbox.wecom.errors import ApiError
from sandbox.wecom.windows import Window

PER_MINUTE = 30
PER_HOUR = 1000
RESPONSE_CODE_SECONDS = 72 * 3600


@dataclass(slots=True)
class SentMessage:
    """A message/send that was accepted, for recall and for card updates."""

    msgid: str
    userids: tuple[str, ...]
    at: float
    task_id: str = ""


@dataclass(slots=True)
class ResponseCode:
    """Allows one update of one message's card, within 72 h."""

    msgid: str
    expires: float


@dataclass(slots=True)
class MemberLimits:
    """What one member may get from the app."""

    minute: Window = field(default_factory=lambda: Window(PER_MINUTE, 60))
    hour: Window = field(default_factory=lambda: Window(PER_HOUR, 3600))

    def take(self, now: float) -> bool:
        """Count one message; False when it is silently dropped."""
        if not (self.minute.admits(now) and self.hour.admits(now)):
            return False
        self.minute.count(now)
        self.hour.count(now)
        return True


@dataclass(slots=True)
class AppChat:
    """All that message/send, update and recall have to remember."""

    sent: dict[str, SentMessage] = field(default_factory=dict)
    task_ids: set[str] = field(default_factory=set)
    limits: dict[str, MemberLimits] = field(default_factory=lambda: defaultdict(MemberLimits))
    _codes: dict[str, ResponseCode] = field(default_factory=dict)
    _recent: dict[str, float] = field(default_factory=dict)

    def issue_code(self, msgid: str, now: float) -> str:
        """A response_code for a card."""
        code = secrets.token_urlsafe(30)
        self._codes[code] = ResponseCode(msgid, now + RESPONSE_CODE_SECONDS)
        return code

    def use_code(self, code: str, now: float) -> SentMessage:
        """Spend a response_code. Raises ApiError 60140."""
        issued = self._codes.get(code)
        if issued is None or now > issued.expires:
            raise ApiError(60140)
        del self._codes[code]
        return self.sent[issued.msgid]

    def is_repeat(self, targets: str, content: str, interval: int, now: float) -> bool:
        """Duplicate check: the same content to the same targets within the interval (seconds)."""
        digest = hashlib.sha256(f"{targets}\n{content}".encode()).hexdigest()
        before = self._recent.get(digest)
        if before is not None and 0 <= now - before < interval:
            return True
        self._recent[digest] = now
        return False
