"""/routes: the route table, and which of its lines a ticket fits (a dry run)."""

from collections.abc import Sequence
from functools import reduce

from bot.commands.base import Call, SlashCommand, answer
from bot.commands.find import find_ticket, staff_name
from bot.commands.ticket_placed import about, place_name, tried
from bot.commands.whoami import skill_called
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.kernel.roles import Role
from desk.routing.lines import first_line
from desk.routing.model import Route
from desk.sla.ladder import Recipient

_ROLES = frozenset(each.value for each in Recipient)


async def run(call: Call, desk: Desk) -> Outcome:
    """List the lines; with a ticket's number, try them on it by the table of now."""
    routes = desk.routing.routes
    if not routes:
        return answer(phrase("cmd.routes.none"))
    if not call.words:
        return answer(phrase("cmd.routes.list", lines=_lines(routes, desk)))
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


def _lines(routes: tuple[Route, ...], desk: Desk) -> tuple[Phrase, ...]:
    return tuple(
        phrase("cmd.routes.line", line=at, name=each.name, to=_to(each, desk))
        for at, each in enumerate(routes, 1)
    )


def _to(route: Route, desk: Desk) -> Phrase | str:
    """What a line does, skills, stores and people as they are called."""
    priority = Phrase(f"ticket.priority.{route.priority}") if route.priority else ""
    does = {
        "skill": skill_called(route.skill) if route.skill else "",
        "store": place_name(route.store, desk) if route.store else "",
        "priority": priority,
        "watchers": _joined([_watcher(each, desk) for each in route.watchers], "cmd.rules.and"),
    }
    told = [
        Phrase(f"cmd.routes.does.{name}", {"value": value}) for name, value in does.items() if value
    ]
    return _joined(told, "cmd.routes.and")


def _joined(parts: Sequence[Phrase], key: str) -> Phrase | str:
    if not parts:
        return ""
    return reduce(lambda before, each: Phrase(key, {"first": before, "then": each}), parts)


def _watcher(who: str, desk: Desk) -> Phrase:
    if who in _ROLES:
        return Phrase(f"rule.who.{who}")
    return phrase("rule.who.named", name=staff_name(who, desk))


COMMAND = SlashCommand(
    name="routes",
    aliases=("路由",),
    summary="cmd.routes.summary",
    usage="cmd.routes.usage",
    least=Role.AGENT,
    run=run,
)
