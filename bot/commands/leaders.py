"""/leaders: who is a group leader, and which warehouse serves them."""

from bot.commands.base import Call, SlashCommand, answer
from bot.commands.find import staff_name
from bot.commands.ticket_placed import place_name
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.kernel.roles import Role
from desk.leaders.model import Leader
from desk.tickets.cards import called

_SHOWN = 30


async def run(_: Call, desk: Desk) -> Outcome:
    """List them, the newest first."""
    leaders = await desk.leaders.everybody(_SHOWN + 1)
    if not leaders:
        return answer(phrase("cmd.leaders.none"))
    more = phrase("cmd.leaders.more", count=_SHOWN) if len(leaders) > _SHOWN else ""
    lines = tuple(_line(each, desk) for each in leaders[:_SHOWN])
    return answer(phrase("cmd.leaders.list", leaders=lines, more=more))


def served_by(leader: Leader, desk: Desk) -> str | Phrase:
    """The warehouse that serves a leader."""
    if not leader.warehouse:
        return phrase("leader.nearest")
    return place_name(leader.warehouse, desk)


def _line(leader: Leader, desk: Desk) -> Phrase:
    return phrase(
        "cmd.leaders.line",
        name=called(leader.nickname),
        warehouse=served_by(leader, desk),
        by=staff_name(leader.by, desk),
        at=leader.since,
    )


COMMAND = SlashCommand(
    name="leaders",
    aliases=("团长",),
    summary="cmd.leaders.summary",
    usage="cmd.leaders.usage",
    least=Role.AGENT,
    run=run,
)
