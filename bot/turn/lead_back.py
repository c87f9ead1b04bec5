"""Leading back: after something else was answered, the open question is said once more."""

from actions.form_state import FORM, KIND, QUESTION
from desk.commands import Outcome
from desk.conversations.commands import Ask, HandOver, KeepOpen, SayTo, ShowList
from desk.conversations.model import Dialogue, Question
from desk.kernel.ids import ConversationId
from desk.kernel.messages import Choice, Phrase, Say, phrase
from desk.tickets.commands import OpenTicket

_SAID_AGAIN = frozenset(
    (
        *("order_id", "phone_tail", "paid_amount", "bought"),
        *("product", "date", "city", "sure", "phone"),
    )
)


def led_back(before: Dialogue, outcome: Outcome, here: ConversationId | None = None) -> Outcome:
    """The outcome of a whole message, and once a few words on the question that still waits.

    They stand behind the number of a ticket that is opened `here`.
    """
    pending = before.pending
    if pending is None or pending.asides or not _still_waits(outcome):
        return outcome
    menu = tuple(Choice(option.id, option.label) for option in pending.options)
    shown = ShowList(pending.intent, pending.options, pending.slots)
    again = Say(_words(pending), menu)
    do = (*outcome.do, *((shown,) if menu else ()))
    if here is not None and any(isinstance(each, OpenTicket) for each in do):
        return Outcome(outcome.say, (*do, SayTo(here, again)))
    return Outcome((*outcome.say, again), do)


def _still_waits(outcome: Outcome) -> bool:
    kept = any(isinstance(each, KeepOpen) and not each.quietly for each in outcome.do)
    return kept and not any(isinstance(each, Ask | HandOver) for each in outcome.do)


def _words(pending: Question) -> Phrase:
    if pending.intent == FORM:
        kind = phrase(f"ticket.kind.{pending.slots.get(KIND, '')}")
        return phrase("back.form", kind=kind, question=pending.slots.get(QUESTION, ""))
    expects = pending.expects if pending.expects in _SAID_AGAIN else "anything"
    if expects == "order_id" and len(pending.options) > 1:
        expects = "order"
    return phrase(f"back.{expects}", wish=phrase(f"intent.menu.{pending.intent}"))
