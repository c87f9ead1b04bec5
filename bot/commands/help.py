"""/help: what this member may do here."""

from collections.abc import Sequence

from bot.commands.base import Call, SlashCommand, answer
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.kernel.roles import Role

HELP = ("help", "帮助", "用法", "?", "？")
"""After the name of a command: how it is used."""


def help_on(commands: Sequence[SlashCommand]) -> SlashCommand:
    """Make the command that explains the others (and itself)."""

    async def run(call: Call, _desk: Desk) -> Outcome:
        able = [each for each in (*commands, command) if call.member.role >= each.least]
        wanted = [each for each in able if set(call.words) & set(each.names)]
        if wanted:
            return answer(phrase("cmd.help.one", usage=Phrase(wanted[0].usage)))
        lines = tuple(_line(each) for each in able)
        return answer(phrase("cmd.help.all", name=call.member.name, commands=lines))

    command = SlashCommand(
        name="help",
        aliases=("帮助", "菜单", "?"),
        summary="cmd.help.summary",
        usage="cmd.help.usage",
        least=Role.AGENT,
        run=run,
    )
    return command


def _line(command: SlashCommand) -> Phrase:
    return phrase("cmd.help.line", name=command.called, summary=Phrase(command.summary))
