"""/redeliver: messages that got stuck, and another try for one of them."""

import re

from bot.commands.base import Call, Misused, SlashCommand
from desk.commands import Outcome
from desk.conversations.commands import ListLetters, Redeliver
from desk.front import Desk
from desk.kernel.messages import phrase
from desk.kernel.roles import Role

_LETTER = re.compile(r"[0-9a-f]{8}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


async def run(call: Call, _desk: Desk) -> Outcome:
    """List what is stuck; with an id, put that back."""
    if not call.words:
        return Outcome(do=(ListLetters(),))
    letter = call.words[0].lower()
    if not _LETTER.fullmatch(letter):
        raise Misused(phrase("cmd.redeliver.not_an_id", word=letter))
    return Outcome(do=(Redeliver(letter),))


COMMAND = SlashCommand(
    name="redeliver",
    aliases=("重发",),
    summary="cmd.redeliver.summary",
    usage="cmd.redeliver.usage",
    least=Role.SUPERVISOR,
    run=run,
)
