"""/on, /busy, /off: whether somebody takes new tickets now."""

from collections.abc import Awaitable, Callable

from bot.commands.base import Call, SlashCommand
from desk.assignment.commands import SetPresence
from desk.assignment.model import Presence
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.roles import Role


def _sets(state: Presence) -> Callable[[Call, Desk], Awaitable[Outcome]]:
    async def run(call: Call, _: Desk) -> Outcome:
        userid = call.member.userid
        return Outcome(do=(SetPresence(userid, state, userid),))

    return run


COMMANDS = tuple(
    SlashCommand(
        name=name,
        aliases=(alias,),
        summary=f"cmd.duty.{name}",
        usage=f"cmd.duty.{name}_usage",
        least=Role.AGENT,
        run=_sets(state),
    )
    for name, alias, state in (
        ("on", "上班", Presence.ON_DUTY),
        ("busy", "忙碌", Presence.BUSY),
        ("off", "下班", Presence.AWAY),
    )
)
