"""Who holds a customer's session, and giving it to a person (WeCom doc 94669)."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.wecom.client import WeComClient
from bot.wecom.codes import Kind
from bot.wecom.errors import Rejected
from desk.conversations.model import Session

_ON_DUTY = 0
_MOST_TRIES = 10


@dataclass(frozen=True, slots=True)
class Held:
    """A session's state, and the servicer who has it ("" unless one does).

    `code` allows one text to the customer about having been put into the queue.
    """

    state: Session
    servicer: str = ""
    code: str = ""


class Sessions:
    """Asks and changes service_state. All methods raise as the client does."""

    def __init__(self, client: WeComClient) -> None:
        self._client = client

    async def get(self, account: str, person: str) -> Held | None:
        """Who holds the session; None when WeCom names a state that we do not know."""
        body = {"open_kfid": account, "external_userid": person}
        answer = await self._client.call("kf/service_state/get", body=body, repeatable=True)
        try:
            state = Session(answer.whole("service_state", -1))
        except ValueError:
            return None
        return Held(state, answer.text("servicer_userid").lower())

    async def give_to_person(self, account: str, person: str, preferred: Sequence[str]) -> Held:
        """Give it to the first servicer on duty who takes it, else to the queue.

        An ended session cannot be given to anybody: it comes back as ended.
        """
        held = await self.get(account, person)
        if held and held.state in (Session.SERVICER, Session.ENDED):
            return held
        for servicer in await self._candidates(account, person, preferred):
            if await self._takes(account, person, servicer):
                return Held(Session.SERVICER, servicer)
        if held and held.state is Session.QUEUE:
            return held
        return Held(Session.QUEUE, code=await self._change(account, person, Session.QUEUE))

    async def _takes(self, account: str, person: str, servicer: str) -> bool:
        try:
            await self._change(account, person, Session.SERVICER, servicer)
        except Rejected as error:
            if error.kind in (Kind.SERVICER, Kind.TARGET):
                return False
            raise
        return True

    async def _change(self, account: str, person: str, state: Session, servicer: str = "") -> str:
        """Change the state; returns the code for one reply about it, "" without one."""
        body: dict[str, object] = {
            "open_kfid": account,
            "external_userid": person,
            "service_state": int(state),
        }
        if servicer:
            body["servicer_userid"] = servicer
        answer = await self._client.call("kf/service_state/trans", body=body)
        return answer.text("msg_code")

    async def _candidates(
        self, account: str, person: str, preferred: Sequence[str]
    ) -> tuple[str, ...]:
        answer = await self._client.get("kf/servicer/list", {"open_kfid": account})
        rows = answer.rows("servicer_list")
        on_duty = sorted(
            row.text("userid").lower()
            for row in rows
            if row.text("userid") and row.whole("status", -1) == _ON_DUTY
        )
        # Whole departments may serve too; their people are not listed by name.
        departments = any(not row.text("userid") for row in rows)
        wanted = [each.lower() for each in preferred]
        first = [each for each in wanted if departments or each in on_duty]
        return _unique([*first, *_from(person, on_duty)])[:_MOST_TRIES]


def _from(person: str, servicers: Sequence[str]) -> list[str]:
    # Each customer starts elsewhere in the list, so that not all go to the first name.
    start = zlib.crc32(person.encode()) % len(servicers) if servicers else 0
    return [*servicers[start:], *servicers[:start]]


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
