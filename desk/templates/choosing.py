"""Answers to choose from, one or several, and yes or no: by name, other words, or counted off."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches

from desk.templates.model import Field, Option
from desk.templates.refusal import Refused, refused

_NUMERALS = "一二三四五六七八九"
_PLACE = re.compile(rf"(?:第\s*+)?([1-9]|[{_NUMERALS}])\s*+(?:个|项|种|款|号|条)?")
_COUNTED = re.compile(
    rf"(?:我|就|那|选|要|是|来|填)*+第?\s*+(?:[1-9]|[{_NUMERALS}])\s*+(?:个|项|种|款|号|条)?"
    rf"(?:[,，、和跟及\s]*+第?\s*+(?:[1-9]|[{_NUMERALS}])\s*+(?:个|项|种|款|号|条)?)*+"
    r"[的吧呢了呀啊哦]*"
)
_ALL = re.compile(r"^(?:都|全部?|所有)(?:都)?(?:要|有|选|是|可以)?(?:的|吧|了)?$")
_LAST = re.compile(r"最后(?:一)?[个项种]|最下面")
_NOT = re.compile(r"(?:不要|不用|不是|别|除了|没有?)[^,，。;；]{0,2}$")
_MARKS = re.compile(r"[^\w]+")
_ALIKE = 0.7
_SHORTEST = 2
_YES = (
    r"是的?|对的?|要的?|需要|有的?|可以的?|能|行的?|好的?|嗯+|恩+|同意|确认|没错|没问题|必须|当然|肯定|"
    r"ok|okay|yes|y|想要?|愿意|方便|拆(?:封|开)?[了过]|用过|开过|试过|"
    r"(?:都|全|已经)*(?:问|找|看|试|查|确认|打听)(?:过|完|遍)?了"
)
_NO = (
    r"不是|不对|不要|不用|不需要|不必|没有?|无|不可以|不能|不行|不好|否|不|别|no|nope|n|不想要?|不愿意|不方便|"
    r"没(?:拆|用|开|试)过?|没有(?:拆|用|开|试)过?|未拆封?|全新"
)
_END = r"(?:的|了|吧|呀|啊|哦|呢|哈|嘛|亲|谢谢)*"
_IS_YES, _IS_NO = (re.compile(rf"(?:{words}){_END}", re.IGNORECASE) for words in (_YES, _NO))
_BEFORE = r"^(?:还|都|也|就|我|应该|真的?)*"
_SAYS_NO = re.compile(rf"{_BEFORE}(?:不|没|无|否|别|未)")
_SAYS_YES = re.compile(rf"{_BEFORE}(?:是|要|对|有|可以|需要|嗯|好)(?!像|不|没|吗|么)")
_BARE_YES, _BARE_NO = ("1", "一", "第一个"), ("2", "二", "第二个")
_LONGEST_YES = 14


def read_choice(field: Field, words: str) -> str | Refused:
    """The id of the one option that is meant."""
    found = options_named(field.options, words)
    if len(found) == 1:
        return found[0].id
    if found:
        return refused("one_choice", field=field.label, found=_labels(found))
    return refused("no_choice", field=field.label, options=_labels(field.options))


def read_choices(field: Field, words: str) -> tuple[str, ...] | Refused:
    """The ids of all options that are meant, in the order of the form."""
    if _ALL.fullmatch(_plain(words)):
        return tuple(each.id for each in field.options)
    found = options_named(field.options, words)
    if not found:
        return refused("no_choice", field=field.label, options=_labels(field.options))
    return tuple(each.id for each in found)


def read_yes_no(field: Field, words: str) -> bool | Refused:
    """Yes or no, in a word or at the beginning of more."""
    plain = _plain(words)
    if "👌" in words or "👍" in words:
        plain = plain or "ok"
    if plain in _BARE_YES or _IS_YES.fullmatch(plain):
        return True
    if plain in _BARE_NO or _IS_NO.fullmatch(plain):
        return False
    first = _plain(re.split(r"[,，。;；!！\s]", words.strip(), maxsplit=1)[0])
    if len(first) <= _LONGEST_YES and not re.search(r"[吗么?？]", words):
        if _SAYS_NO.search(first):
            return False
        if _SAYS_YES.search(first):
            return True
    return refused("yes_or_no", field=field.label)


def options_named(options: Sequence[Option], words: str) -> tuple[Option, ...]:
    """The options that an answer names, in their order; by their place where it only counts."""
    plain = _plain(words)
    exact = [each for each in options if plain and plain in map(_plain, (each.label, *each.words))]
    if exact:
        return tuple(exact[:1])
    if counted := _counted_off(options, words):
        return counted
    return options_in(options, words) or _nearly(options, plain)


def options_in(options: Sequence[Option], words: str) -> tuple[Option, ...]:
    """The options whose names stand in a text; a name within a longer one does not count."""
    text = unicodedata.normalize("NFKC", words).lower()
    spans: list[tuple[int, int, Option]] = []
    for option in options:
        for name in (option.label, *option.words):
            plain = unicodedata.normalize("NFKC", name).lower()
            spans += [
                (at.start(), at.end(), option)
                for at in re.finditer(re.escape(plain), text)
                if plain and not _NOT.search(text[: at.start()])
            ]
    kept = [each for each in spans if not any(_within(each, other) for other in spans)]
    return tuple(each for each in options if any(option is each for _, _, option in kept))


def _within(one: tuple[int, int, Option], other: tuple[int, int, Option]) -> bool:
    inside = other[0] <= one[0] and one[1] <= other[1]
    return inside and one[1] - one[0] < other[1] - other[0] and one[2] is not other[2]


def _counted_off(options: Sequence[Option], words: str) -> tuple[Option, ...]:
    said = unicodedata.normalize("NFKC", words).strip(" .。,，!！~")
    if options and _LAST.search(said):
        return (options[-1],)
    if not _COUNTED.fullmatch(said):
        return ()
    places = [_place(each[1]) for each in _PLACE.finditer(said)]
    if not places or max(places) > len(options):
        return ()
    return tuple(each for at, each in enumerate(options, 1) if at in places)


def _place(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else _NUMERALS.index(numeral) + 1


def _nearly(options: Sequence[Option], plain: str) -> tuple[Option, ...]:
    """The one option that a short answer with a slip in it is most like."""
    names = {_plain(name): each for each in options for name in (each.label, *each.words)}
    long = [name for name in names if len(name) > _SHORTEST]
    near = get_close_matches(plain, long, n=2, cutoff=_ALIKE)
    meant = {names[name].id: names[name] for name in near}
    return tuple(meant.values()) if len(meant) == 1 else ()


def _plain(words: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", words).lower())


def _labels(options: Sequence[Option]) -> str:
    return "、".join(each.label for each in options)
