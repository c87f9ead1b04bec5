"""What a message gives of the proof that opens an order: its number, a phone's tail, an amount."""

import re
from collections.abc import Mapping

from actions.factors import Factor, factors_for
from actions.own_order import NO_NUMBER
from actions.proof import BOUGHT, FORGOT_PAID, TRIED
from bot.understanding.grouped import plain_digits
from desk.conversations.model import Question
from desk.kernel.amounts import amount_in, is_about
from desk.turns import Understanding

PROOF = frozenset(("order_id", *Factor))
"""What is asked for before somebody reads of an order."""
PIECES = frozenset((*Factor, BOUGHT))
"""What is asked for once the number is known."""

Numbers = Mapping[str, tuple[str, ...]]
Slots = Mapping[str, str]

_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NONE_AT_HAND = re.compile(
    r"(?:我|这边|手上|也|都|真的?|现在|但|可|就是)*"
    r"(?:没有?|找不[到着]|查不到|看不到|不记得|记不[得清]|不知道|不清楚|不会(?:找|查|弄|看)|忘记?|没存|删)(?:了|到)?"
    r"(?:在?哪里?(?:找|看|有)?|怎么(?:找|看))?(?:我的|那个|这个)?"
    r"(?:订单号码?|订单|单号|号码?|手机号|尾号|(?:实付)?金额|(?:实?付了?)?多少钱?)?"
    r"(?:在?哪里?(?:找|看|有)?|怎么(?:找|看))?[了啊呀呢的诶欸哎哦啦]*[。.!！~～？?…]*"
)
_ASKS = re.compile(r"[吗呢么?？]|怎么|为什么|多久|什么时候")
_HAS_A_WORD = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_SAYS_AN_AMOUNT = re.compile(r"付|[¥￥]|[\d十百] ?[元块]|^[\d., ]+$")
_GOES_ON = ("out_of_scope", "affirm", "deny")
_SHORT = 8
_COUNTED = 10
_SHORT_NUMBER = re.compile(
    r"(?!(?:666|555|233|520|886|1314)$|20\d{6}$)"
    r"(?P<order_id>\d{3,10})(?:(?: |[,，])\D{0,3}(?P<phone_tail>\d{4}))?"
)
"""1001 to a question for the number of an order, where shops count them."""
JUST_ASKED = 2
"""A question that was said again once is still in the customer's ear; later it is not."""


def piece(question: Question, text: str, meant: Understanding, numbers: Numbers) -> Slots | None:
    """The piece of a proof that a question for one gets; None where the message has none."""
    match question.expects:
        case Factor.PHONE_TAIL:
            return _tail(question, text, numbers)
        case Factor.PAID_AMOUNT:
            return _paid(text, numbers)
    return _remembered(question, text, meant)


def number_and_proof(question: Question, text: str, numbers: Numbers) -> Slots | None:
    """The number, and what proves it that came with it or that came before it.

    A telephone number alone is none of an order: it is kept, and the order is asked for again.
    """
    number = first("order_id", numbers) or {}
    if not number and _has_orders(question):
        return None
    if not number and (again := _tried_again(question, text, numbers)):
        return again
    short = _SHORT_NUMBER.fullmatch(plain_digits(text).strip())
    if short and not numbers.keys() - {"phone_tail"}:
        return {name: value for name, value in short.groupdict().items() if value}
    own_phone = question.intent != "delivery_change" or not number
    tail = numbers.get("phone_tail") or (numbers.get("phone", ()) if own_phone else ())
    paid = (first("paid_amount", numbers) or {}) if number else {}
    proof = {**number, **paid, **({"phone_tail": tail[0][-4:]} if tail else {})}
    return proof or None


def _tried_again(question: Question, text: str, numbers: Numbers) -> Slots | None:
    """A tail or an amount alone, after a proof that failed: for the same number once more.

    Where shops count their orders, four digits may as well be another order.
    """
    number = question.slots.get(TRIED, "")
    if len(number) <= _COUNTED or _ASKS.search(text):
        return None
    alone = _FOUR_DIGITS.fullmatch(plain_digits(text).strip())
    tail = numbers.get("phone_tail") or ((alone[0],) if alone else ())
    if tail and Factor.PHONE_TAIL in factors_for(number):
        return {"order_id": number, "phone_tail": tail[0]}
    amount = amount_in(text) if len(text.strip()) <= _SHORT else None
    if amount and Factor.PAID_AMOUNT in factors_for(number):
        return {"order_id": number, "paid_amount": amount.yuan()}
    return None


def none_at_hand(question: Question, text: str) -> Slots | None:
    """没订单号啊, 找不到, 忘了 to a question for a piece is the line that says so, typed."""
    if question.expects not in PROOF or question.asides >= JUST_ASKED or _has_orders(question):
        return None
    if not _NONE_AT_HAND.fullmatch(text.strip()):
        return None
    if question.expects == Factor.PAID_AMOUNT:
        return {FORGOT_PAID: text.strip()}
    return {NO_NUMBER: "没有订单号"}


def bare_amount(question: Question, text: str) -> Slots | None:
    """A short amount and no more, where one is asked for: 2 counts nothing off then."""
    if question.expects != Factor.PAID_AMOUNT or len(text.strip()) > _SHORT:
        return None
    amount = amount_in(text)
    return {"paid_amount": amount.yuan()} if amount else None


def first(slot: str, numbers: Numbers) -> Slots | None:
    """The first number of a kind, as the slot of that name."""
    values = numbers.get(slot, ())
    return {slot: values[0]} if values else None


def _tail(question: Question, text: str, numbers: Numbers) -> Slots | None:
    """The tail; after a failure it may be the amount that is written, and 1299 may be either."""
    if whole := numbers.get("phone"):
        return {"phone_tail": whole[0][-4:]}
    tail = _FOUR_DIGITS.search(text)
    number = question.slots.get("order_id", "")
    may_pay = number and Factor.PAID_AMOUNT in factors_for(number) and not _ASKS.search(text)
    paid = amount_in(text) if may_pay and _SAYS_AN_AMOUNT.search(text) else None
    found = {"phone_tail": tail[0] if tail else "", "paid_amount": paid.yuan() if paid else ""}
    return {name: word for name, word in found.items() if word} or None


def _paid(text: str, numbers: Numbers) -> Slots | None:
    """What was paid; the number may stand beside it once more. About so much is not remembered."""
    if number := first("order_id", numbers):
        return {**number, **(first("paid_amount", numbers) or {})}
    if _ASKS.search(text) and len(text.strip()) > _SHORT:
        return None
    if amount := amount_in(text):
        return {"paid_amount": amount.yuan()}
    return {FORGOT_PAID: text.strip()} if is_about(text) else None


def _remembered(question: Question, text: str, meant: Understanding) -> Slots | None:
    """What was bought and when, in any words that ask nothing and want nothing else."""
    if question.asides >= JUST_ASKED or _ASKS.search(text) or not _HAS_A_WORD.search(text):
        return None
    names = meant.entities.keys() & {"product", "date"}
    goes_on = meant.source != "nlu" or meant.intent in (question.intent, *_GOES_ON)
    return {BOUGHT: text.strip()} if names or goes_on else None


def _has_orders(question: Question) -> bool:
    return any("order_id" in each.slots for each in question.options)
