"""Whatever a template looks like and whatever comes to be logged: there is a page, and one step."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.web.facts import Facts
from bot.web.stages import Place, stages_of
from bot.web.story import story_of
from desk.kernel.ids import TicketId, derived
from desk.templates.model import Step, Template, Transition
from desk.tickets.model import Priority, Ticket, TicketEvent, TicketKind, TicketState
from tests.clocks import NOON

ID = TicketId(derived("ticket"))
NAMES = [f"s{number}" for number in range(7)]
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@st.composite
def templates(draw: st.DrawFn) -> Template:
    """A template of any steps and any ways between them."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=7, unique=True))
    states = st.sampled_from(TicketState)
    steps = tuple(Step(name, f"顾客 {name}", draw(states)) for name in names)
    name = st.sampled_from(names)
    ways = draw(st.lists(st.builds(Transition, name, name, st.just("走")), max_size=14))
    kind, priority = TicketKind.RETURN, Priority.NORMAL
    return Template("any", 1, "任意", kind, priority, steps=steps, transitions=tuple(ways))


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """A ticket that has gone some way through a template."""
    template = draw(templates())
    way = draw(st.lists(st.sampled_from(template.steps), min_size=1, max_size=9))
    events = tuple(
        TicketEvent(ID, NOON, "amei", "step", f"{left.label} → {to.label}")
        for left, to in pairwise(way)
    )
    ticket = Ticket(
        id=ID,
        number="T-20261121-0001",
        kind=TicketKind.RETURN,
        priority=Priority.NORMAL,
        state=way[-1].state,
        customer=None,
        conversation=None,
        source=None,
        shop="",
        order_no="",
        summary="",
        owner="",
        opened_at=NOON,
        taken_at=None,
        solved_at=None,
        due_at=NOON,
        version=1,
        template="any",
        template_version=1,
        step=way[-1].id,
    )
    return Facts(ticket, events, template=template)


@given(facts())
def test_there_is_one_step_at_which_it_stands_and_none_comes_twice(known: Facts) -> None:
    stages = stages_of(known)
    places = [each.place for each in stages]
    assert places.count(Place.NOW) == 1
    here = places.index(Place.NOW)
    assert set(places[:here]) <= {Place.DONE}
    assert set(places[here + 1 :]) <= {Place.NEXT}
    labels = [str(each.label.params["text"]) for each in stages]
    assert len(set(labels)) == len(labels)
    assert all(label.startswith("您 ") for label in labels)
    assert labels[here] == f"您 {known.ticket.step}"


@given(facts())
def test_what_is_said_to_follow_is_on_every_way_to_the_end(known: Facts) -> None:
    template = known.template
    assert template is not None
    said = [
        str(each.label.params["text"]).removeprefix("您 ")
        for each in stages_of(known)
        if each.place is Place.NEXT
    ]
    ends = [each.id for each in template.steps if each.state is TicketState.SOLVED]
    for step in said[:-1]:
        assert not _reaches(template, known.ticket.step, ends[0], step)


def _reaches(template: Template, start: str, end: str, without: str) -> bool:
    """Walk all ways that do not touch a step."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        step = waiting.pop()
        if step in seen or step == without:
            continue
        seen.add(step)
        waiting += [way.to for way in template.ways_from(step)]
    return end in seen


events = st.builds(
    TicketEvent,
    st.just(ID),
    st.integers(0, 5).map(lambda minutes: NOON + timedelta(minutes=minutes)),
    st.sampled_from(["amei", "customer", "bot", "rule:x", ""]) | WORDS,
    st.sampled_from(["opened", "taken", "step", "solved", "asked_for", "reopened", "joined"])
    | WORDS,
    WORDS | st.sampled_from([" → ", "→", "a → b → c", " → b"]),
)


@given(st.lists(events, max_size=12), st.dictionaries(WORDS, WORDS, max_size=3))
def test_any_history_makes_a_story_newest_first(
    logged: list[TicketEvent], told: dict[str, str]
) -> None:
    logged.sort(key=lambda each: each.at)
    story = story_of(tuple(logged), lambda userid: userid, told)
    moments = [each.at for each in story]
    assert moments == sorted(moments, reverse=True)
    assert len(story) <= len(logged)
