"""Speaks to customers through 微信客服 (WeCom docs 94677, 95122)."""

from collections.abc import Mapping, Sequence

import structlog

from bot.turn.ports import Delivery, Doubtful, Never, NoRoute, Profile, Sent
from bot.wecom.client import WeComClient
from bot.wecom.codes import Kind
from bot.wecom.deliveries import CALL_ERRORS, CallError, delivery_of
from bot.wecom.errors import Rejected, Verdict
from bot.wecom.kf.sessions import Held, Sessions
from bot.wecom.render import clean, menu_body
from desk.conversations.model import Session

log = structlog.get_logger()

_BATCH = 100
_REPEATED = ("repeat", "duplicat", "重复")
_TAKEN = ("exist", "used", "conflict", "已存在", "已使用")

Menu = tuple[tuple[str, str], ...]


class KfChannel:
    """The CustomerChannel of 微信客服."""

    def __init__(self, client: WeComClient) -> None:
        self._client = client
        self._sessions = Sessions(client)

    async def say(
        self, account: str, person: str, msgid: str, text: str, menu: Menu, *, doubtful: bool
    ) -> Delivery:
        """Send one message; its msgid makes a repeat harmless."""
        content = _content(text, menu)
        if content is None:
            return Never("nothing to say")
        body = {"touser": person, "open_kfid": account, "msgid": msgid, **content}
        delivery = await self._say_once(account, person, body, doubtful=doubtful)
        if _connection_was_lost(delivery):
            # Mostly a connection that WeCom had closed: the same msgid settles it at once.
            delivery = await self._say_once(account, person, body, doubtful=True)
        return delivery

    async def welcome(self, code: str, msgid: str, text: str, menu: Menu) -> Delivery:
        """Send the one message that an event's code allows."""
        content = _content(text, menu)
        if content is None:
            return Never("nothing to say")
        body = {"code": code, "msgid": msgid, **content}
        delivery = await self._welcome_once(body)
        if _connection_was_lost(delivery):
            # There are 20 seconds. The code works once: used means that the first got through.
            delivery = await self._welcome_once(body)
            return Sent({"msgid": msgid}) if delivery == NoRoute("code") else delivery
        return delivery

    async def pass_to_person(self, account: str, person: str, preferred: Sequence[str]) -> Delivery:
        """Give the session to a servicer on duty, else to the queue."""
        try:
            held = await self._sessions.give_to_person(account, person, preferred)
        except CALL_ERRORS as error:
            delivery = await self._delivery(error, account, person)
            if not isinstance(delivery, NoRoute) or delivery.session is not Session.SERVICER:
                return delivery
            # A colleague was faster: what was wanted has happened.
            held = Held(Session.SERVICER, delivery.servicer)
        if held.state is Session.ENDED:
            return NoRoute("session", Session.ENDED)
        receipt = {"session": str(int(held.state)), "servicer": held.servicer}
        return Sent({**receipt, "code": held.code} if held.code else receipt)

    async def session(self, account: str, person: str) -> tuple[Session, str] | None:
        """Who holds the session now; None when WeCom does not tell."""
        held = await self._held(account, person)
        return (held.state, held.servicer) if held else None

    async def profiles(self, people: Sequence[str]) -> Mapping[str, Profile]:
        """What is known of customers who were active in the last 48 hours (doc 95159)."""
        found: dict[str, Profile] = {}
        wanted = list(dict.fromkeys(people))
        for start in range(0, len(wanted), _BATCH):
            body = {"external_userid_list": wanted[start : start + _BATCH]}
            try:
                answer = await self._client.call("kf/customer/batchget", body=body, repeatable=True)
            except CALL_ERRORS:
                break
            for row in answer.rows("customer_list"):
                profile = Profile(row.text("nickname").strip(), row.text("unionid").strip())
                if profile != Profile(""):
                    found[row.text("external_userid")] = profile
        return found

    async def _welcome_once(self, body: Mapping[str, object]) -> Delivery:
        try:
            answer = await self._client.call("kf/send_msg_on_event", body=body)
        except CALL_ERRORS as error:
            return delivery_of(error)
        return Sent({"msgid": answer.text("msgid") or str(body["msgid"])})

    async def _say_once(
        self, account: str, person: str, body: Mapping[str, object], *, doubtful: bool
    ) -> Delivery:
        try:
            answer = await self._client.call("kf/send_msg", body=body)
        except CALL_ERRORS as error:
            if doubtful and isinstance(error, Rejected) and _is_msgid_used(error.verdict):
                return Sent({"msgid": str(body["msgid"])})
            return await self._delivery(error, account, person)
        return Sent({"msgid": answer.text("msgid") or str(body["msgid"])})

    async def _delivery(self, error: CallError, account: str, person: str) -> Delivery:
        delivery = delivery_of(error)
        if not (isinstance(error, Rejected) and error.kind is Kind.SESSION):
            return delivery
        held = await self._held(account, person)
        if held is None:
            return delivery
        return NoRoute("session", held.state, held.servicer)

    async def _held(self, account: str, person: str) -> Held | None:
        try:
            return await self._sessions.get(account, person)
        except CALL_ERRORS:
            return None


def _content(text: str, menu: Menu) -> dict[str, object] | None:
    said = clean(text).strip("\n")
    if menu:
        try:
            return {"msgtype": "msgmenu", "msgmenu": menu_body(said, menu)}
        except ValueError:
            log.exception("wecom.menu_refused")
            return None
    return {"msgtype": "text", "text": {"content": said}} if said.strip() else None


def _connection_was_lost(delivery: Delivery) -> bool:
    return isinstance(delivery, Doubtful) and not delivery.reason.endswith(":timeout")


def _is_msgid_used(verdict: Verdict) -> bool:
    # WeCom says that a repeated msgid is an error (doc 94677), not which: the words must tell.
    said = verdict.errmsg.lower()
    named = "msgid" in said or "msg_id" in said or "message id" in said
    return any(word in said for word in _REPEATED) or (
        named and any(word in said for word in _TAKEN)
    )
