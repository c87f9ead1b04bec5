"""Act: the handler of what was read is asked, and what the turn was about is kept."""

from collections.abc import Mapping

from actions.asked_after import asked_after
from actions.form_state import FORM
from actions.forms import formed
from actions.forms_before import TEMPLATE, VALUES, WORDS
from actions.forms_later import displaced, taken_up
from actions.frequent import frequent
from actions.mind_changed import with_change_of_mind
from actions.not_solved import not_solved
from bot.turn.awaited import awaited, going_on, passed_on
from bot.turn.carded import asked_for_no_card, card_taken_out
from bot.turn.fallback import deaf, unclear
from bot.turn.manner import in_manner
from bot.turn.showing import shown_list
from bot.turn.withdrawing import withdrawn
from bot.understanding.danger import DANGER
from bot.understanding.mood import Mood, mood_of
from bot.understanding.reader import DEAF, UNSURE
from bot.understanding.restated import CORRECTION
from bot.understanding.topics import GOODS
from desk.commands import Command, Outcome
from desk.conversations.commands import (
    Ask,
    Drop,
    HandOver,
    KeepOpen,
    NotUnderstood,
    PromisePerson,
    TalkOf,
)
from desk.conversations.model import Question
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.tickets.filling.commands import SetFields
from desk.tickets.model import Ticket
from desk.turns import Action, Turn

_NO_TOPIC = frozenset(
    (
        *("greet", "goodbye", "thank", "affirm", "deny", "bot_challenge", "out_of_scope"),
        *("human_handoff", "satisfaction_rating", "media", DANGER, DEAF, FORM),
    )
)
_CLOSES = frozenset(("affirm", "deny", "human_handoff", "complaint", DANGER, "goodbye"))
"""After these nobody waits for an answer to the question before."""
_WORTH_WAITING = frozenset(
    (
        *("order_id", "phone_tail", "paid_amount", "bought", "tracking_no"),
        *("product", "date", "city", "sure", "phone"),
    )
)
_OF_THIS_TURN = frozenset(
    (
        "sure",
        "asked",
        "nodded",
        "not_order",
        "not_wish",
        "not_item",
        "called",
        "count",
        "kind",
        "step",
        "forgot_paid",
        "bought",
        VALUES,
        WORDS,
        TEMPLATE,
    )
)
_FAMILIES = (
    GOODS,
    frozenset(("order_status", "urge_order", "logistics_query", "logistics_delay")),
    frozenset(("return_request", "exchange_request", "after_sales_claim", "order_cancel")),
    frozenset(("coupon_query", "promotion_query")),
)
"""A new wish of the same kind takes the place of the one that we asked about."""

_TOGETHER = (
    (("product", "item"), frozenset(("product", "item", "size", "color", "quantity", "said"))),
    (("order_id", "tracking_no"), frozenset(("order_id", "tracking_no", "product", "said"))),
    (("city",), frozenset(("city", "store"))),
)
"""Words that say what something is about, and those that go with them."""


async def act(turn: Turn, desk: Desk, actions: Mapping[str, Action]) -> Outcome:
    """Answer one wish, in the manner that its words call for."""
    written, plain = turn, card_taken_out(turn)
    turn = with_change_of_mind(plain)
    waiting = await awaited(turn, desk)
    if turn.understanding.intent == FORM:
        answer = await actions[FORM].run(turn, desk)
    else:
        answer = await _on_tickets(turn, desk, waiting) or await _handled(turn, desk, actions)
    if plain is not written:
        answer = asked_for_no_card(answer)
    outcome = await in_manner(turn, desk, actions, answer)
    outcome = await withdrawn(turn, desk, outcome)
    outcome = await _with_forms(turn, desk, outcome)
    return Outcome(outcome.say, (*outcome.do, *_kept(turn, outcome), *going_on(turn, waiting)))


async def _with_forms(turn: Turn, desk: Desk, outcome: Outcome) -> Outcome:
    """The outcome with the forms of its tickets, and with the form's question that had to wait."""
    patience = _patience(turn)
    outcome = await formed(turn, desk, outcome, patience)
    outcome = Outcome(outcome.say, (*outcome.do, *displaced(turn, outcome)))
    if any(isinstance(each, Ask | HandOver | PromisePerson | KeepOpen) for each in outcome.do):
        return outcome
    pending = turn.conversation.dialogue.pending
    if pending is not None and _is_aside(turn, outcome, pending):
        return outcome
    return Outcome(outcome.say, (*outcome.do, *await taken_up(turn, desk, patience)))


def _patience(turn: Turn) -> int | None:
    """How many questions of a form a customer in this mood bears; None: all of them."""
    mood = mood_of(turn.heard or turn.text)
    if mood is Mood.FURIOUS:
        return 0
    return 1 if mood is Mood.VEXED or turn.conversation.dialogue.vexed else None


async def _on_tickets(turn: Turn, desk: Desk, waiting: tuple[Ticket, ...]) -> Outcome | None:
    """The answer to what is said of a ticket that there is; None where nothing is."""
    told = await not_solved(turn, desk) or await asked_after(turn, desk)
    return told or passed_on(turn, waiting)


async def _handled(turn: Turn, desk: Desk, actions: Mapping[str, Action]) -> Outcome:
    meant = turn.understanding
    action = actions.get(meant.intent)
    if written := frequent(turn, desk, unclear=meant.source == UNSURE):
        return written
    if meant.intent == DEAF:
        return deaf(turn)
    if meant.source == UNSURE or action is None:
        return await unclear(turn, desk, actions)
    return _missing_slot(action, turn) or await action.run(turn, desk)


def _missing_slot(action: Action, turn: Turn) -> Outcome | None:
    for slot, question in action.asks.items():
        if slot not in turn.slots and slot not in turn.focus:
            ask = Ask(action.intent, expects=slot, slots=turn.slots)
            return Outcome(say=(Say(phrase(question)),), do=(ask,))
    return None


def _kept(turn: Turn, outcome: Outcome) -> tuple[Command, ...]:
    """What the memory keeps of a turn beside what its action said."""
    kept: list[Command] = []
    puzzled = any(isinstance(each, NotUnderstood) for each in outcome.do)
    dropped = Drop(turn.understanding.intent) in outcome.do
    if not puzzled and not dropped and turn.understanding.intent not in _NO_TOPIC:
        kept.append(TalkOf(turn.understanding.intent, _talked_of(turn)))
    if shown := shown_list(turn, outcome):
        kept.append(shown)
    pending = turn.conversation.dialogue.pending
    if pending is not None and not puzzled and _is_aside(turn, outcome, pending):
        kept.append(KeepOpen())
    return tuple(kept)


def _talked_of(turn: Turn) -> Mapping[str, str]:
    """The words of this turn, over those that it went on from."""
    new = {name: word for name, word in turn.slots.items() if name not in _OF_THIS_TURN}
    topics = turn.conversation.dialogue.topics
    before = next((each.slots for each in topics if _goes_on(turn, each.intent)), {})
    return {**_still_meant(before, new), **new}


def _goes_on(turn: Turn, before: str) -> bool:
    intent = turn.understanding.intent
    return before == intent or (intent in GOODS and before in GOODS)


def _still_meant(before: Mapping[str, str], new: Mapping[str, str]) -> Mapping[str, str]:
    """The words from before but for those of another product, order or place than is named now."""
    kept = dict(before)
    for heads, group in _TOGETHER:
        known, named = ({each[head] for head in heads if head in each} for each in (before, new))
        if known and named - known:
            kept = {name: word for name, word in kept.items() if name not in group}
    return kept


def _fills(outcome: Outcome, pending: Question) -> bool:
    """Whether the field that a form asks for was filled, by a picture for example."""
    wanted = pending.expects.removeprefix(f"{FORM}.")
    return any(isinstance(each, SetFields) and wanted in each.values for each in outcome.do)


def _is_aside(turn: Turn, outcome: Outcome, pending: Question) -> bool:
    """Whether a turn was about something else, so that the open question still waits."""
    intent = turn.understanding.intent
    worth_waiting = pending.expects in _WORTH_WAITING or pending.intent == FORM
    if turn.tries or intent in _CLOSES or not worth_waiting or _fills(outcome, pending):
        return False
    if any(isinstance(each, Ask | HandOver | KeepOpen) for each in outcome.do):
        return False
    if turn.understanding.source == CORRECTION:
        return False
    together = any(intent in each and pending.intent in each for each in _FAMILIES)
    return intent != pending.intent and not together
