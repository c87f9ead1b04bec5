"""Picks: which line of a list is meant, by its place, its price, its name or its number."""

import re
from collections.abc import Callable, Sequence

from actions.own_order import NO_NUMBER
from desk.conversations.model import Option
from desk.kernel.money import Fen

_NUMERALS = "一二三四五六七八九"
_UNIT = r"(?:个|款|双|件|项|号|单|笔|条|种|行|家|张|包裹|只|罐|盒|套|选项)?"
_END = r"[的吧呢了呀啊哦嘛.。、!！~～ ]*"
_BARE = re.compile(rf"^(?:我|就|那|选|要|是|来)*第?\s*([1-9]|{'|'.join(_NUMERALS)})\s*号?{_END}$")
_PLACE = re.compile(rf"第\s*([1-9]|{'|'.join(_NUMERALS)})\s*{_UNIT}")
_LAST = re.compile(r"最后(?:一)?个|最后那个|最下面|下面那个|后一个|后者|倒数第一")
_FIRST = re.compile(r"头一个|最上面|上面那个|前一个|前者|第一个")
_OTHER = re.compile(r"另(?:外)?(?:一|那)?[个款双件单笔]|另一")
_CHEAPEST = re.compile(r"最便宜|便宜(?:的|点的|一点的)?那|最实惠|最划算|价格最低")
_DEAREST = re.compile(r"最贵|贵(?:的|点的|一点的)?那|价格最高")
_AROUND = re.compile(
    r"就是?|那|这|要|我?说的?是|我?选|我?想|的?[个款双件单笔]|呢|吧|吗|的|了|呀|啊|是|买|[\s,，.。!！?？~～、]"
)
_TAIL = re.compile(r"(?<!\d)(\d{4,8})(?!\d)")
_HAS_NONE = re.compile(r"(?:没有?|找不到|不知道|不记得|忘了|查不到).{0,4}(?:订单号|单号|号码)")
_MOST_WORDS = 16
_SHORTEST = 2


def pick(options: Sequence[Option], text: str, *, fresh: bool = True) -> Option | None:
    """The line that a whole message picks out; None where it picks none, or says more.

    A bare digit, a name or a number picks only from a list that is `fresh` in the ear.
    """
    said = text.strip()
    if not said or len(said) > _MOST_WORDS:
        return None
    if fresh and (bare := _BARE.match(said)):
        return _at(options, bare[1])
    pointed = _pointed(options, said)
    if pointed is not None:
        line, rest = pointed
        return None if _AROUND.sub("", rest) else line
    return _by_name(options, said) if fresh else None


def picked_by_the_way(options: Sequence[Option], text: str) -> Option | None:
    """The line that a message points at while it says something else: 第二个今天能到吗."""
    pointed = _pointed(options, text)
    return pointed[0] if pointed else None


def _pointed(options: Sequence[Option], text: str) -> tuple[Option, str] | None:
    """The line pointed at by place or price, and the text without the words that do so."""
    ways: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Option | None]], ...] = (
        (_PLACE, lambda place: _at(options, place[1])),
        (_LAST, lambda _: options[-1] if options else None),
        (_FIRST, lambda _: options[0] if options else None),
        (_CHEAPEST, lambda _: _extreme(options, min)),
        (_DEAREST, lambda _: _extreme(options, max)),
    )
    for pattern, line_of in ways:
        if (matched := pattern.search(text)) and (line := line_of(matched)):
            return line, f"{text[: matched.start()]} {text[matched.end() :]}"
    return None


def other_one(options: Sequence[Option], text: str, known: Sequence[str]) -> Option | None:
    """Of two lines the one that was not talked about: 另一个呢."""
    if len(options) != 2 or not _OTHER.search(text):
        return None
    left = [each for each in options if not set(each.slots.values()) & set(known)]
    return left[0] if len(left) == 1 else None


def says_only_other(text: str) -> bool:
    """Whether a message is 那另一个呢 and nothing else."""
    return _OTHER.search(text) is not None and not _AROUND.sub("", _OTHER.sub("", text))


def _at(options: Sequence[Option], numeral: str) -> Option | None:
    place = int(numeral) if numeral.isdigit() else _NUMERALS.index(numeral) + 1
    return options[place - 1] if place <= len(options) else None


def _extreme(options: Sequence[Option], most: Callable[[list[Fen]], Fen]) -> Option | None:
    prices = [each.label.params.get("price") for each in options]
    known = [price for price in prices if isinstance(price, Fen)]
    if not known or len(known) < len(prices):
        return None
    meant = [each for each, price in zip(options, known, strict=True) if price == most(known)]
    return meant[0] if len(meant) == 1 else None


def _by_name(options: Sequence[Option], said: str) -> Option | None:
    if _HAS_NONE.search(said):
        return _only([each for each in options if NO_NUMBER in each.slots])
    if tail := _TAIL.search(said):
        return _only([each for each in options if _ends_in(each, tail[1])])
    for name in (said, _AROUND.sub("", said)):
        if len(name) >= _SHORTEST and (
            found := _only([each for each in options if _is_called(each, name)])
        ):
            return found
    return None


def _ends_in(option: Option, tail: str) -> bool:
    return any(value.endswith(tail) for value in option.slots.values())


def _is_called(option: Option, name: str) -> bool:
    shown = (word for slot, word in option.slots.items() if slot != NO_NUMBER)
    words = (*shown, *option.label.params.values())
    return any(isinstance(word, str) and name in word for word in words) and not name.isdigit()


def _only(found: Sequence[Option]) -> Option | None:
    return found[0] if len(found) == 1 else None
