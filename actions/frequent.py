"""General questions of somebody who speaks of no order: what the merchant has written answers."""

import re

from actions.asking import to_person
from desk.commands import Outcome
from desk.consulting.faq import answering_all
from desk.consulting.model import Advice, Source
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.turns import Turn

_GENERAL = frozenset(
    (
        *("order_status", "logistics_query", "return_request", "payment_issue", "price_query"),
        *("invoice_request", "out_of_scope", "urge_order"),
    )
)
"""What a general question is easily taken for."""
_OF_OWN_ORDERS = frozenset(("order_status", "logistics_query", "urge_order"))
"""Who has bought before means their own order by these."""
_OF_THIS_CASE = re.compile(
    r"我(?:要|想)?(?:退|换|赔|申请|发现|收到|买的|的)|收到|扣了|多收|少了?一|赔|申请|要退|帮我|给我|过期了|"
    r"已经|怎么还|还没|发现"
)
"""What has happened to somebody is no general question."""
_ABOUT_AN_ORDER = ("order_id", "tracking_no", "phone_tail", "ticket")
_ANSWERS = ("answer", "menu")


def frequent(turn: Turn, desk: Desk, *, unclear: bool = False) -> Outcome | None:
    """The merchant's own answer; None where none is written, or an order is talked about.

    `unclear`: nobody could tell what the message means, so that any intent will do.
    """
    intent = turn.understanding.intent
    if not (unclear or intent in _GENERAL) or (turn.customer.links and intent in _OF_OWN_ORDERS):
        return None
    if turn.focus.get("order_id") or turn.understanding.source in _ANSWERS:
        return None
    if any(name in turn.slots for name in _ABOUT_AN_ORDER) or _OF_THIS_CASE.search(turn.text):
        return None
    written = answering_all(desk.faq, turn.text, turn.focus.get("product", ""))
    if not written:
        return None
    return advised(Advice("\n".join(each.answer for each in written), (Source.FAQ,)))


def advised(advice: Advice) -> Outcome:
    """An answer with its source; who wants to know more taps for a person."""
    source = advice.sources[0] if len(advice.sources) == 1 else "both"
    said = phrase("consult.advice", answer=advice.text, source=phrase(f"consult.source.{source}"))
    return Outcome((Say(said, (to_person(),)),))
