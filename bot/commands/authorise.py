"""The one place where it is decided who may do what, however they ask: typed or by a button."""

from bot.commands.base import SlashCommand
from desk.kernel.messages import Phrase, phrase
from desk.staff.directory import Staff


def refusal(command: SlashCommand, member: Staff) -> Phrase | None:
    """Why this member may not run the command; None when they may."""
    if member.role >= command.least:
        return None
    role = Phrase(f"role.{command.least.name.lower()}")
    return phrase("cmd.forbidden", name=command.name, role=role)
