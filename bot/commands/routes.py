"""/routes: the route table, and which of its lines a ticket fits (a dry run)."""

from bot.commands.base import Call, SlashCommand, answer
from bot.commands.find import find_ticket
from bot.commands.ticket_placed import about, tried
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.kernel.roles import Role
from desk.routing.lines import first_line
from desk.routing.model import Route


async def run(call: Call, desk: Desk) -> Outcome:
    """List the lines; with a ticket's number, try them on it by the table of now."""
    routes = desk.routing.routes
    if not routes:
        return answer(phrase("cmd.routes.none"))
    if not call.words:
        return answer(phrase("cmd.routes.list", lines=_lines(routes)))
    ticket = await find_ticket(call.words[0], call, desk)
    looked_at = about(ticket, await desk.placements.of(ticket.id))
    number, decides = first_line(routes, looked_at)
    told = Phrase("cmd.routes.decides", {"line": number, "name": decides.name if decides else ""})
    return answer(
        phrase(
            "cmd.routes.tried",
            number=ticket.number,
            decides=told if decides else phrase("cmd.routes.no_line"),
            lines=tuple(tried(at, each, looked_at, desk) for at, each in enumerate(routes, 1)),
        )
    )


def _lines(routes: tuple[Route, ...]) -> tuple[Phrase, ...]:
    return tuple(
        phrase("cmd.routes.line", line=at, name=each.name, to=_to(each))
        for at, each in enumerate(routes, 1)
    )


def _to(route: Route) -> str:
    """What a line does, in the words of the merchant's file."""
    does = (
        ("skill", route.skill),
        ("store", route.store),
        ("priority", route.priority.value if route.priority else ""),
        ("watchers", " ".join(route.watchers)),
    )
    return "，".join(f"{name} {value}" for name, value in does if value)


COMMAND = SlashCommand(
    name="routes",
    aliases=("路由",),
    summary="cmd.routes.summary",
    usage="cmd.routes.usage",
    least=Role.AGENT,
    run=run,
)
