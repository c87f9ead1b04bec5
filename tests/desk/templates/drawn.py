"""Templates of every shape, for properties."""

from hypothesis import strategies as st

from desk.kernel.roles import Role
from desk.templates.model import (
    AskedIf,
    Field,
    FieldType,
    FilledBy,
    Option,
    Step,
    Template,
    Transition,
)
from desk.tickets.model import Priority, TicketKind, TicketState

IDS = st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cs", "Cc"]),
    min_size=1,
    max_size=12,
)
_STEP_STATES = [each for each in TicketState if each is not TicketState.TAKEN]
_BOUNDS = st.one_of(st.none(), st.integers(0, 10**9))


def _id(part: Option | Field | Step) -> str:
    return part.id


def _ends(way: Transition) -> tuple[str, str]:
    return way.origin, way.to


options = st.builds(Option, IDS, WORDS, st.lists(WORDS, max_size=2).map(tuple))
conditions = st.builds(
    AskedIf, IDS, st.lists(st.one_of(IDS, st.booleans()), min_size=1, max_size=3).map(tuple)
)
fields = st.builds(
    Field,
    id=IDS,
    label=WORDS,
    type=st.sampled_from(FieldType),
    required=st.booleans(),
    filled_by=st.sampled_from(FilledBy),
    question=st.one_of(st.just(""), WORDS),
    options=st.lists(options, max_size=3, unique_by=_id).map(tuple),
    slots=st.lists(IDS, max_size=2).map(tuple),
    least=_BOUNDS,
    most=_BOUNDS,
    pattern=st.one_of(st.just(""), WORDS),
    pattern_told=st.one_of(st.just(""), WORDS),
    asked_if=st.one_of(st.none(), conditions),
)
steps = st.builds(Step, IDS, WORDS, st.sampled_from(_STEP_STATES), st.one_of(st.just(""), WORDS))
transitions = st.builds(
    Transition,
    IDS,
    IDS,
    WORDS.map(lambda words: words[:10]),
    st.lists(IDS, max_size=3).map(tuple),
    st.sampled_from([each for each in Role if each >= Role.AGENT]),
)
free = st.recursive(
    st.one_of(st.booleans(), st.integers(-(10**9), 10**9), WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(IDS, inner, max_size=2)),
    max_leaves=5,
)
tables = st.dictionaries(IDS, free, max_size=3)
templates = st.builds(
    Template,
    id=IDS,
    version=st.just(0),
    name=WORDS,
    kind=st.sampled_from(TicketKind),
    priority=st.sampled_from(Priority),
    fields=st.lists(fields, max_size=4, unique_by=_id).map(tuple),
    steps=st.lists(steps, min_size=2, max_size=4, unique_by=_id).map(tuple),
    transitions=st.lists(transitions, min_size=1, max_size=4, unique_by=_ends).map(tuple),
    skill=st.one_of(st.just(""), WORDS),
    tags=st.lists(WORDS, max_size=2).map(tuple),
    watchers=st.lists(IDS, max_size=2).map(tuple),
    rules=st.lists(tables, max_size=2).map(tuple),
    about=st.one_of(st.just(""), WORDS),
    layout=tables,
)
