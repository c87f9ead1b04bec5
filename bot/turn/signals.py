"""Signals: what WeCom tells that nobody said."""

from collections.abc import Callable, Mapping

import structlog
from prometheus_client import Counter

from bot.turn.holding import WITH_A_PERSON
from desk.commands import Command, Outcome
from desk.conversations.commands import Ask, EraseMessage, Greet, NoteSession
from desk.conversations.incoming import Incoming, Signal
from desk.conversations.model import Conversation, Option, Session
from desk.customers.commands import RecordView
from desk.kernel.ids import derived
from desk.kernel.menu_lines import GO
from desk.kernel.messages import Choice, Phrase, Say, phrase
from desk.ratings.commands import AskRating
from desk.ratings.model import BAD, FAIR, GOOD
from desk.shops.port import ItemId
from desk.tickets.answering.commands import AnswerInSession

log = structlog.get_logger()
UNHANDLED = Counter("zhanggui_signals_unhandled_total", "Events nobody handles", ["name"])

_TITLE = "item_title"
_SCORES = (GOOD, FAIR, BAD)
_FIRST_STEPS = ("stock_check", "logistics_query", "coupon_query", "human_handoff")


def on_signal(
    signal: Signal, incoming: Incoming, conversation: Conversation, title: str = ""
) -> Outcome:
    """What to do about a signal; unknown ones are counted and logged by name.

    `title` is the product's whose page the customer came from, "" where it is unknown.
    """
    handle = _HANDLERS.get(signal.name)
    if handle is None:
        UNHANDLED.labels(signal.name).inc()
        log.info("signal.unhandled", name=signal.name, handlers="bot/turn/signals.py")
        return Outcome()
    return handle({**signal.fields, _TITLE: title}, incoming, conversation)


def _entered(fields: Mapping[str, str], incoming: Incoming, conversation: Conversation) -> Outcome:
    do: list[Command] = []
    if conversation.customer and (item := viewed_item(fields.get("scene_param", ""))):
        do.append(RecordView(conversation.customer, item, fields[_TITLE], incoming.sent_at))
    silent = incoming.historic or conversation.session in WITH_A_PERSON
    if fields.get("welcome_code") and not silent:
        menu = tuple(Choice(f"{GO}{each}", phrase(f"welcome.menu.{each}")) for each in _FIRST_STEPS)
        hello = Say(phrase("welcome.hello"), menu)
        do.append(Greet(conversation.id, fields["welcome_code"], hello, incoming.sent_at))
    return Outcome(do=tuple(do))


def _session_changed(
    fields: Mapping[str, str], incoming: Incoming, conversation: Conversation
) -> Outcome:
    servicer = fields.get("new_servicer_userid", "")
    states = {
        "1": Session.SERVICER,
        "2": Session.SERVICER,
        "3": Session.ENDED,
        "4": Session.SERVICER,
    }
    state = states.get(fields.get("change_type", ""))
    if state is None:
        return Outcome()
    noted = NoteSession(conversation.id, state, servicer)
    if state is Session.ENDED and fields.get("msg_code") and not incoming.historic:
        return Outcome(do=(noted, *_how_was_it(fields, incoming, conversation)))
    return Outcome(do=(noted,))


def _how_was_it(
    fields: Mapping[str, str], incoming: Incoming, conversation: Conversation
) -> tuple[Command, ...]:
    """Say that the bot is back, and ask once how the person's service was.

    The ids are this session's own, so that a tap on an older menu cannot answer a newer question.
    """
    code, held_by = fields["msg_code"], fields.get("old_servicer_userid") or conversation.servicer
    if conversation.customer is None:
        return (Greet(conversation.id, code, Say(phrase("session.ended")), incoming.sent_at),)
    options = tuple(
        Option(
            f"rate{score}{derived(incoming.external_id, score).hex[:12]}",
            Phrase(f"rating.choice.{score}"),
            {"score": str(score)},
        )
        for score in _SCORES
    )
    menu = tuple(Choice(each.id, each.label) for each in options)
    return (
        AskRating(conversation.id, conversation.customer, held_by.lower()),
        Ask("satisfaction_rating", options=options),
        Greet(conversation.id, code, Say(phrase("rating.ask"), menu), incoming.sent_at),
    )


def _servicer_said(
    fields: Mapping[str, str], incoming: Incoming, conversation: Conversation
) -> Outcome:
    """They hold the session; what the customer waits for on their tickets is answered."""
    servicer = fields.get("servicer_userid", "")
    noted = NoteSession(conversation.id, Session.SERVICER, servicer)
    if conversation.customer is None or incoming.historic:
        return Outcome(do=(noted,))
    answer = AnswerInSession(conversation.customer, servicer, incoming.sent_at)
    return Outcome(do=(noted, answer))


def _recalled(
    fields: Mapping[str, str], _incoming: Incoming, _conversation: Conversation
) -> Outcome:
    recalled = fields.get("recall_msgid", "")
    return Outcome(do=(EraseMessage(recalled),)) if recalled else Outcome()


def _send_failed(
    fields: Mapping[str, str], _incoming: Incoming, _conversation: Conversation
) -> Outcome:
    log.warning("signal.send_failed", fail_type=fields.get("fail_type", ""))
    return Outcome()


def _nothing(
    _fields: Mapping[str, str], _incoming: Incoming, _conversation: Conversation
) -> Outcome:
    return Outcome()


def viewed_item(scene_param: str) -> ItemId | None:
    """Read the product out of a product page's link: `item:<shop id>:<item id>`."""
    kind, _, rest = scene_param.partition(":")
    shop, _, item = rest.partition(":")
    return ItemId(shop, item) if kind == "item" and shop and item else None


_HANDLERS: Mapping[str, Callable[[Mapping[str, str], Incoming, Conversation], Outcome]] = {
    "enter_session": _entered,
    "session_status_change": _session_changed,
    "servicer_said": _servicer_said,
    "user_recall_msg": _recalled,
    "msg_send_fail": _send_failed,
    "enter_agent": _nothing,
    "subscribe": _nothing,
    "unsubscribe": _nothing,
    "servicer_status_change": _nothing,
}
