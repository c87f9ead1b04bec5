"""Speaks to members of staff through the self-built app (WeCom docs 90236, 94888)."""

from collections.abc import Mapping, Sequence

import structlog

from bot.turn.ports import EVERYBODY, Delivery, Never, RenderedCard, Sent
from bot.wecom.cards import button_label, card_body
from bot.wecom.client import WeComClient
from bot.wecom.deliveries import CALL_ERRORS, delivery_of
from bot.wecom.errors import AnswerLost, Rejected
from bot.wecom.fields import Fields
from bot.wecom.render import clean

log = structlog.get_logger()

_MOST_USERS = 1000
_REPEAT_SECONDS = 1800
_TASK_REFUSED = 42014
_CODE_REFUSED = 60140


class AppChannel:
    """The StaffChannel of the app."""

    def __init__(self, client: WeComClient, agent: int) -> None:
        self._client, self._agent = client, agent

    async def text(self, to: Sequence[str], text: str) -> Delivery:
        """Send text of at most 2048 bytes; WeCom cuts off what is longer."""
        return await self._send(to, "text", {"content": clean(text)})

    async def markdown(self, to: Sequence[str], text: str) -> Delivery:
        """Send markdown of at most 2048 bytes."""
        return await self._send(to, "markdown", {"content": clean(text)})

    async def card(self, to: Sequence[str], card: RenderedCard) -> Delivery:
        """Send a button card; a used task means that it is out already."""
        try:
            body = card_body(card)
        except ValueError as error:
            return Never(str(error))
        return await self._send(to, "template_card", body)

    async def close_card(self, code: str, to: Sequence[str], text: str) -> Delivery:
        """Replace a card's buttons by a text; a second try settles a lost answer."""
        body = {
            **({"atall": 1} if EVERYBODY in to else {"userids": list(_people(to))}),
            "agentid": self._agent,
            "response_code": code,
            "button": {"replace_name": button_label(text)},
        }
        first = await self._update(body)
        if not isinstance(first, AnswerLost | Rejected):
            return first
        if isinstance(first, Rejected):
            return delivery_of(first)
        again = await self._update(body)
        if isinstance(again, Rejected) and again.verdict.errcode == _CODE_REFUSED:
            # The code works once: it is used because the first request did get through.
            return Sent()
        return delivery_of(again) if isinstance(again, AnswerLost | Rejected) else again

    async def _update(self, body: Mapping[str, object]) -> Delivery | AnswerLost | Rejected:
        try:
            await self._client.call("message/update_template_card", body=body)
        except (AnswerLost, Rejected) as error:
            return error
        except CALL_ERRORS as error:
            return delivery_of(error)
        return Sent()

    async def _send(
        self, to: Sequence[str], msgtype: str, content: Mapping[str, object]
    ) -> Delivery:
        people = _people(to)
        if not people:
            return Never("nobody to tell")
        if len(people) > _MOST_USERS:
            return Never(f"more than {_MOST_USERS} people")
        body = {
            "touser": "|".join(people),
            "msgtype": msgtype,
            "agentid": self._agent,
            msgtype: content,
            "enable_duplicate_check": 1,
            "duplicate_check_interval": _REPEAT_SECONDS,
        }
        try:
            # WeCom suppresses the repeat, so a lost answer may be asked for again.
            answer = await self._client.call("message/send", body=body, repeatable=True)
        except CALL_ERRORS as error:
            # The form of task ids is checked before, so this one has been used: the card is out.
            if isinstance(error, Rejected) and error.verdict.errcode == _TASK_REFUSED:
                return Sent()
            return delivery_of(error)
        return _received(answer, people)


def _people(to: Sequence[str]) -> tuple[str, ...]:
    if EVERYBODY in to:
        return (EVERYBODY,)
    return tuple(dict.fromkeys(each.lower() for each in to if each))


def _received(answer: Fields, people: Sequence[str]) -> Delivery:
    missed = {
        each.lower() for name in ("invaliduser", "unlicenseduser") for each in answer.texts(name)
    }
    if missed.issuperset(people):
        return Never("wecom.81013 收件人都不在应用可见范围内，请检查可见范围和成员账号")
    receipt = {"msgid": answer.text("msgid")}
    if code := answer.text("response_code"):
        receipt["response_code"] = code
    if missed:
        log.warning("wecom.partly_delivered", missed=len(missed), of=len(people))
        receipt["invaliduser"] = "|".join(sorted(missed))
    return Sent(receipt)
