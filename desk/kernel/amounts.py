"""What was paid, as people write it: 129, ¥129.00, 129块5, 一百二十九."""

import re
import unicodedata
from collections.abc import Sequence

from desk.kernel.money import Fen
from desk.kernel.numerals import in_figures

_NUMERALS = re.compile(
    r"[零〇一二两三四五六七八九十百千万]{2,12}"
    r"|[零〇一二两三四五六七八九十](?=[元块点])|(?<=[元块点])[零〇一二三四五六七八九]"
)
_POINT = re.compile(r"(?<=\d)点(?=\d)")
_COUNTED = "双件个码号月日天单份罐包盒箱条袋岁段点笔次年位折斤楼栋层室弄路克米小分周"
_AMOUNT = re.compile(
    r"(?<![\d.#-])(?P<mark>¥ ?)?(?P<yuan>\d{1,3}(?:,\d{3})+|\d{1,6})"
    r"(?:\.(?P<cents>\d{1,2}))?(?![\d.]\d)"
    r"(?P<unit> ?(?:元|块)钱?)?(?:(?<=[元块])(?P<jiao>\d)(?:角|毛)?(?:(?P<fen>\d)分)?)?"
    rf"(?![\d{_COUNTED}])"
)
_NAMED = re.compile(r"(?:实付款?|实际付款?|付款?|支付|花|共|总价|合计|金额)(?:了|的|是|为|:| )*$")
_AROUND = 6
_ABOUT = re.compile(r"大概|大约|左右|差不多|好像|[十百千元块]多|\d多|几[十百千块]")


def amount_in(text: str) -> Fen | None:
    """The one amount that a message names, in fen; None where it names none, several, or about one.

    Of several numbers one that is called an amount (实付, 元, ¥) is it.
    """
    plain = unicodedata.normalize("NFKC", text)
    if _ABOUT.search(plain):
        return None
    plain = _POINT.sub(".", _in_digits(plain))
    found = list(_AMOUNT.finditer(plain))
    named = {_fen(each) for each in found if _is_named(plain, each)}
    amounts = named or {_fen(each) for each in found}
    return amounts.pop() if len(amounts) == 1 else None


def amount_beside(text: str, orders: Sequence[str], tails: Sequence[str]) -> Fen | None:
    """The amount given with the number of an order, by a name, or as all that is said beside it.

    The tail of a telephone is none.
    """
    if len(orders) != 1:
        return None
    rest = text.upper()
    for known in (*orders, *tails):
        rest = rest.replace(known, " ", 1)
    found = list(_AMOUNT.finditer(rest))
    named = {_fen(each) for each in found if _is_named(rest, each)}
    if len(named) == 1:
        return named.pop()
    alone = len(found) == 1 and not re.sub(r"[\s\d.,，¥。:]|订单编?号?|是", "", rest)
    return _fen(found[0]) if alone else None


def is_about(text: str) -> bool:
    """Whether an amount is only told roughly: 两百多, 大概130."""
    return _ABOUT.search(text) is not None


def _is_named(text: str, amount: re.Match[str]) -> bool:
    before = text[max(0, amount.start() - _AROUND) : amount.start()]
    return bool(amount["mark"] or amount["unit"] or _NAMED.search(before))


def _fen(amount: re.Match[str]) -> Fen:
    whole = amount["yuan"].replace(",", "")
    cents = amount["cents"] or f"{amount['jiao'] or 0}{amount['fen'] or 0}"
    return Fen.from_yuan(f"{whole}.{cents}")


def _in_digits(text: str) -> str:
    return _NUMERALS.sub(lambda found: in_figures(found[0]), text)
