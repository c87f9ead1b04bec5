"""The desk's names as CEL knows them: one vocabulary for each set of happenings."""

from functools import cache

from cel_expr_python import cel

from bot.rules.conditions import Vocabulary, Word
from desk.rules.happenings import On
from desk.rules.vocabulary import Kind, terms_of

_T = cel.Type
_TYPES = {
    Kind.TEXT: _T.STRING,
    Kind.NUMBER: _T.INT,
    Kind.YES_NO: _T.BOOL,
    Kind.TEXTS: _T.List(_T.STRING),
    Kind.TIME: _T.TIMESTAMP,
    Kind.ANSWERS: _T.Map(_T.STRING, _T.DYN),
}


def cel_type(kind: Kind) -> cel.Type:
    """What CEL calls a kind of name."""
    return _TYPES[kind]


@cache
def vocabulary(events: tuple[On, ...]) -> Vocabulary:
    """What conditions of rules on all of these happenings may use."""
    return Vocabulary(
        tuple(Word(each.name, cel_type(each.kind), each.means) for each in terms_of(events))
    )
