"""Taken back: 不退了; 我没说要取消; 算了不改了 还是原来的地址."""

import re
from dataclasses import dataclass

from actions.form_state import FORM
from bot.understanding.wish_words import named_wish
from desk.conversations.model import Dialogue

_CAN_BE = frozenset(
    (
        *("return_request", "exchange_request", "after_sales_claim", "order_cancel"),
        *("invoice_request", "price_protection", "delivery_change", "appointment_book"),
        *("restock_notify", "complaint", "coupon_query", "privacy_request", "urge_order"),
    )
)
_APPOINTMENT = "appointment_book"
_STOP = re.compile(r"[\s,，.。、;；!！~～…]+")
_NEVER_MIND = re.compile(r"(?:那|嗯|好吧|唉|哎)*(?:还是|就)?算了(?:吧|啊)?")
_NOT_NOW = re.compile(
    r"(?:那|还是|就|先|我|算了)*不(?:开|退|换|改|约|修|办|弄|报|搞|申请|投诉)了?(?:吧|啊)?"
)
_MYSELF = re.compile(
    r"(?:那|就|还是|算了)*(?:不用|不必|不麻烦|不需要)(?:你们)?了?我(?:还是)?自己\S{1,5}"
)
_BEFORE = r"(?:那|还是|暂时|算了|我|先|就|也|都|既然|(?:收货)?地址|电话|订单|这单|货)*"
_END = r"(?:吧|呀|啊|哦|呢|啦|的)*(?:谢谢|麻烦|辛苦)?了?"
_NOT_WANTED = re.compile(
    rf"{_BEFORE}(?P<no>不用|不必|不需要|不想|先不|先?别|不)(?:再|是|要|想)?(?:帮我|给我)?"
    rf"(?P<wish>[^不]{{1,5}}?)(?P<done>了?){_END}"
)
_NEVER_SAID = re.compile(
    rf"{_BEFORE}(?:没有?(?:说过?|想过?|打算|要|叫你们?|让你们?)|不是(?:想|要|打算|让你们?))(?:要|想)?"
    rf"(?P<wish>[^没不]{{1,5}}?){_END}"
)
_NOT_NEEDED = re.compile(
    rf"{_BEFORE}(?P<wish>[^不]{{1,5}}?)(?:就|也)?不(?:要|用|需要|用开|用办)了{_END}"
)
_AS_IT_WAS = (
    (
        "delivery_change",
        re.compile(rf"{_BEFORE}(?:按|用|寄|发|送)?到?原来?的?地址(?:发|寄)?{_END}"),
    ),
    ("order_cancel", re.compile(rf"(?:我|那)*(?:又|还是)想?要了?{_END}")),
    (
        _APPOINTMENT,
        re.compile(rf"{_BEFORE}(?:有事|临时)*(?:不[去来约]|[去来]不了|取消预约|预约取消)了?{_END}"),
    ),
)
_CALLED_OFF = re.compile(rf"{_BEFORE}(?:取消|退)(?:掉|了)?{_END}")
"""取消吧 of what is not bought: of an appointment, where that was spoken of last."""
_ASKS = re.compile(r"[吗?？]|怎么|为什么|凭什么|是不是|谁")


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A wish that the customer does not have, and what else was said ("" for nothing)."""

    wish: str
    rest: str


def taken_back(text: str, dialogue: Dialogue) -> TakenBack | None:
    """The wish that a clause of the message takes back; None where none does.

    What was never talked about is taken back only in plain words: 我没说要取消, 别催.
    """
    said = [each for each in _STOP.split(text) if each]
    spoken_of = _spoken_of(dialogue)
    if _MYSELF.fullmatch("".join(said)) and spoken_of and spoken_of[0] in _CAN_BE:
        return TakenBack(spoken_of[0], "")
    if len(said) == 1 and _drops_the_last(said[0], dialogue):
        return TakenBack(_spoken_of(dialogue)[0], "")
    for place, clause in enumerate(said):
        if wish := _in_clause(clause, dialogue, alone=len(said) == 1):
            others = (*said[:place], *said[place + 1 :])
            rest = [each for each in others if not _says_it_again(wish, each)]
            return TakenBack(wish, " ".join(rest))
    return None


def _says_it_again(wish: str, clause: str) -> bool:
    return wish == _APPOINTMENT and _CALLED_OFF.fullmatch(clause) is not None


def _drops_the_last(clause: str, dialogue: Dialogue) -> bool:
    """Whether 算了 is said to a wish that was noted, and not to a question before that."""
    last, pending = _spoken_of(dialogue)[:1], dialogue.pending
    if not last or last[0] not in _CAN_BE:
        return False
    if pending is None:
        return _NEVER_MIND.fullmatch(clause) is not None
    return pending.intent == FORM and any(
        each.fullmatch(clause) for each in (_NEVER_MIND, _NOT_NOW)
    )


def _in_clause(clause: str, dialogue: Dialogue, *, alone: bool) -> str:
    if _ASKS.search(clause):
        return ""
    spoken_of = _spoken_of(dialogue)
    for wish, pattern in _AS_IT_WAS:
        if wish in spoken_of and pattern.fullmatch(clause):
            return wish
    if spoken_of[:1] == (_APPOINTMENT,) and _CALLED_OFF.fullmatch(clause):
        return spoken_of[0]
    if said := _NEVER_SAID.fullmatch(clause):
        return _wish(said["wish"])
    if (said := _NOT_NEEDED.fullmatch(clause)) and (wish := _wish(said["wish"])) in spoken_of:
        return wish
    said = _NOT_WANTED.fullmatch(clause)
    wish = _wish(said["wish"]) if said else ""
    if said is None or wish in spoken_of:
        return wish
    plain = said["no"] != "不" or (alone and not said["done"])
    return wish if plain else ""


def _wish(words: str) -> str:
    """不发货 takes nothing back, 不催了 does."""
    wish = named_wish(words)
    if wish == "urge_order" and "催" not in words:
        return ""
    return wish if wish in _CAN_BE else ""


def _spoken_of(dialogue: Dialogue) -> tuple[str, ...]:
    pending = dialogue.pending
    asked = (pending.intent,) if pending is not None and pending.intent != FORM else ()
    return (*asked, *(each.intent for each in dialogue.topics))
