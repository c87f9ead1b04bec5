"""The one place where it is decided who may do what, however they ask: typed or by a button."""

from bot.commands.base import SlashCommand
from desk.kernel.messages import Phrase, phrase
from desk.kernel.roles import Role
from desk.staff.directory import Staff


def forbidden(name: str, least: Role, member: Staff) -> Phrase | None:
    """Why this member may not do what takes at least a role; None when they may."""
    if member.role >= least:
        return None
    return phrase("cmd.forbidden", name=name, role=Phrase(f"role.{least.name.lower()}"))


def refusal(command: SlashCommand, member: Staff) -> Phrase | None:
    """Why this member may not run the command; None when they may."""
    return forbidden(command.called, command.least, member)
