"""One corp as WeCom's servers hold it: all state that the API, the seats and the courier share."""

import itertools
import secrets
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.clock import Clock
from sandbox.feed import Feed
from sandbox.jsontext import JsonObject
from sandbox.people import Customer, Member, People
from sandbox.settings import Settings
from sandbox.wecom.accounts import KfAccount
from sandbox.wecom.app_state import AppChat
from sandbox.wecom.courier import Courier
from sandbox.wecom.errors import ApiError
from sandbox.wecom.event_codes import EventCodes
from sandbox.wecom.faults import Faults
from sandbox.wecom.latency import Latency
from sandbox.wecom.media_store import MediaStore
from sandbox.wecom.sessions import Session
from sandbox.wecom.tokens import TokenBook
from sandbox.wecom.windows import Window

WEBHOOK_PER_MINUTE = 20
FIRST_MEMBER_MSGID = 7_000_000_000_000_001


@dataclass(slots=True)
class Corp:
    """Everything, in memory."""

    settings: Settings
    clock: Clock
    merchant: str
    feed: Feed
    faults: Faults
    courier: Courier
    customers: dict[str, Customer] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    accounts: dict[str, KfAccount] = field(default_factory=dict)
    sessions: dict[tuple[str, str], Session] = field(default_factory=dict)
    tokens: TokenBook = field(default_factory=TokenBook)
    doorbell_tokens: dict[str, tuple[str, float]] = field(default_factory=dict)
    event_codes: EventCodes = field(default_factory=EventCodes)
    app: AppChat = field(default_factory=AppChat)
    media: MediaStore = field(default_factory=MediaStore)
    menu: JsonObject | None = None
    webhooks: dict[str, Window] = field(default_factory=dict)
    member_msgids: Iterator[int] = field(
        default_factory=lambda: itertools.count(FIRST_MEMBER_MSGID)
    )
    latency: Latency = field(default_factory=Latency)
    calls: deque[JsonObject] = field(default_factory=lambda: deque(maxlen=2000))

    def now(self) -> float:
        """The fake time in Unix seconds."""
        return self.clock.now().timestamp()

    def account(self, open_kfid: str) -> KfAccount:
        """Raises ApiError 95000 for what is no id, 95004 for an unknown one."""
        if not open_kfid.startswith("wk"):
            raise ApiError(95000)
        if open_kfid not in self.accounts:
            raise ApiError(95004)
        return self.accounts[open_kfid]

    def customer(self, external_userid: str) -> Customer:
        """Raises ApiError 40096."""
        if external_userid not in self.customers:
            raise ApiError(40096)
        return self.customers[external_userid]

    def session(self, open_kfid: str, external_userid: str) -> Session:
        """The session as it stands now."""
        key = (open_kfid, external_userid)
        if key not in self.sessions:
            self.sessions[key] = Session(open_kfid, external_userid)
        session = self.sessions[key]
        session.settle(self.now())
        return session

    def log_call(self, path: str, body: JsonObject, began: float) -> None:
        """Keep an API call for the control API; `began` is monotonic, in seconds."""
        self.calls.append(
            {
                "path": path,
                "at": self.now(),
                "errcode": body.get("errcode", 0),
                "errmsg": body.get("errmsg", ""),
                "ms": round((time.monotonic() - began) * 1000, 2),
            }
        )

    def tell_session(self, session: Session) -> None:
        """Let the pages redraw a session's state."""
        self.feed.tell("session", session_shown(session))


def session_shown(session: Session) -> JsonObject:
    """A session as the control API gives it."""
    return {
        "open_kfid": session.open_kfid,
        "external_userid": session.external_userid,
        "state": int(session.state),
        "servicer": session.servicer,
        "budget": session.budget,
        "last_customer_at": session.last_customer_at,
        "scene": session.scene,
        "scene_param": session.scene_param,
    }


def new_id(prefix: str = "") -> str:
    """An id in WeCom's manner."""
    return prefix + secrets.token_urlsafe(18).replace("-", "x").replace("_", "y")


def found(settings: Settings, clock: Clock, people: People) -> Corp:
    """A corp with its people, before anything has happened."""
    feed = Feed()
    faults = Faults()
    corp = Corp(
        settings=settings,
        clock=clock,
        merchant=people.merchant,
        feed=feed,
        faults=faults,
        courier=Courier(settings, clock, faults),
    )
    corp.customers = {person.external_userid: person for person in people.customers}
    corp.members = {member.userid: member for member in people.staff}
    corp.accounts = {
        account.open_kfid: KfAccount(
            account.open_kfid, account.name, dict.fromkeys(corp.members, 0)
        )
        for account in people.accounts
    }
    return corp
