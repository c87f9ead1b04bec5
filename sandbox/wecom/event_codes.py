"""Codes for one message outside the five: welcome, queue, hand-over, farewell (doc 95122)."""

import secrets
from dataclasses import dataclass, field

from sandbox.wecom.errors import ApiError
from sandbox.wecom.sessions import WINDOW_SECONDS, State

SHORT_SECONDS = 20
# The page on send_msg_on_event names no errcode for a dead code; this is the one for welcome codes.
DEAD_CODE = 41050


@dataclass(slots=True)
class EventCode:
    """What one code allows. `while_state` None: in any state."""

    open_kfid: str
    external_userid: str
    expires: float
    while_state: State | None
    kinds: frozenset[str]
    is_welcome: bool = False


TEXT = frozenset({"text"})
TEXT_OR_MENU = frozenset({"text", "msgmenu"})


@dataclass(slots=True)
class EventCodes:
    """All codes that are still unused."""

    _codes: dict[str, EventCode] = field(default_factory=dict)

    def welcome(self, open_kfid: str, external_userid: str, now: float) -> str:
        """A welcome_code: 20 s, once, text or menu."""
        return self._issue(
            EventCode(
                open_kfid, external_userid, now + SHORT_SECONDS, None, TEXT_OR_MENU, is_welcome=True
            )
        )

    def change(self, open_kfid: str, external_userid: str, state: State, now: float) -> str:
        """A msg_code for a change to queue, person or end."""
        ended = state is State.ENDED
        return self._issue(
            EventCode(
                open_kfid,
                external_userid,
                now + (SHORT_SECONDS if ended else WINDOW_SECONDS),
                state,
                TEXT_OR_MENU if ended else TEXT,
            )
        )

    def look(self, code: str, now: float) -> EventCode:
        """The living code. Raises ApiError for an unknown, used or expired one."""
        found = self._codes.get(code)
        if found is None or now > found.expires:
            raise ApiError(DEAD_CODE, "code is invalid, used or expired")
        return found

    def use(self, code: str) -> None:
        """A code works once."""
        del self._codes[code]

    def _issue(self, allowed: EventCode) -> str:
        code = secrets.token_urlsafe(24)
        self._codes[code] = allowed
        return code
