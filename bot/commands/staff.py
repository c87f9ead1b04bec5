"""/staff: somebody leaves, or is back; managers only."""

from bot.commands.base import Call, Misused, SlashCommand
from bot.commands.find_staff import find_staff
from desk.assignment.commands import DismissStaff, SetPresence
from desk.assignment.model import Presence
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import phrase
from desk.kernel.roles import Role

_LEAVES = frozenset({"离职", "left"})
_IS_BACK = frozenset({"复职", "back"})


async def run(call: Call, desk: Desk) -> Outcome:
    """Hand over all that somebody has who leaves; give work again to who is back."""
    match call.words:
        case (verb, who) if verb in _LEAVES:
            member = find_staff(who, desk)
            if member.userid == call.member.userid:
                raise Misused(phrase("cmd.staff.not_yourself"), is_complete=True)
            return Outcome(do=(DismissStaff(member.userid, call.member.userid),))
        case (verb, who) if verb in _IS_BACK:
            member = find_staff(who, desk)
            back = SetPresence(member.userid, Presence.ON_DUTY, call.member.userid)
            return Outcome(do=(back,))
        case _:
            raise Misused(phrase("cmd.staff.which"))


COMMAND = SlashCommand(
    name="staff",
    aliases=("员工",),
    summary="cmd.staff.summary",
    usage="cmd.staff.usage",
    least=Role.MANAGER,
    run=run,
)
