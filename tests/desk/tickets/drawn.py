"""Templates drawn at random, for properties that have to hold for every one."""

from hypothesis import strategies as st

from desk.kernel.roles import Role
from desk.templates.model import Field, FieldType, Step, Template, Transition
from desk.tickets.model import Priority, TicketKind, TicketState

CATEGORIES = tuple(each for each in TicketState if each is not TicketState.TAKEN)


@st.composite
def templates(draw: st.DrawFn) -> Template:
    """One that begins open, with any steps and any ways between them."""
    states = draw(st.lists(st.sampled_from(CATEGORIES), min_size=1, max_size=6))
    steps = tuple(
        Step(f"s{at}", f"第{at}步", state) for at, state in enumerate((TicketState.OPEN, *states))
    )
    ids = st.sampled_from([each.id for each in steps])
    pairs = draw(st.lists(st.tuples(ids, ids), max_size=12, unique=True))
    ways = tuple(
        Transition(
            origin,
            to,
            f"{origin}到{to}",
            needs=draw(st.sampled_from(((), (), ("amount",)))),
            least=draw(st.sampled_from((Role.AGENT, Role.AGENT, Role.SUPERVISOR))),
        )
        for origin, to in pairs
        if origin != to
    )
    return Template(
        id="logistics",
        version=0,
        name="抽到的",
        kind=TicketKind.LOGISTICS,
        priority=Priority.NORMAL,
        fields=(Field("amount", "金额", FieldType.MONEY),),
        steps=steps,
        transitions=ways,
    )
