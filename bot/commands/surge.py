"""/surge: returns and refunds come first, all else queues; managers only."""

from bot.commands.base import Call, Misused, SlashCommand
from desk.assignment.commands import SwitchSurge
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import phrase
from desk.kernel.roles import Role

_SWITCH = {"开": True, "on": True, "关": False, "off": False}


async def run(call: Call, _: Desk) -> Outcome:
    """Begin or end it."""
    word = call.rest(0).lower()
    if word not in _SWITCH:
        raise Misused(phrase("cmd.surge.which"))
    return Outcome(do=(SwitchSurge(call.member.userid, on=_SWITCH[word]),))


COMMAND = SlashCommand(
    name="surge",
    aliases=("大促",),
    summary="cmd.surge.summary",
    usage="cmd.surge.usage",
    least=Role.MANAGER,
    run=run,
)
