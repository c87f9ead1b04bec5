"""Finds the member of staff that a word on a command line means."""

from bot.commands.base import Misused
from desk.front import Desk
from desk.kernel.messages import phrase
from desk.kernel.roles import Role
from desk.staff.directory import Staff


def find_staff(word: str, desk: Desk) -> Staff:
    """Find a member by userid or name.

    Raises:
        Misused: nobody is called so, or several are.
    """
    if member := desk.staff.find(word):
        return member
    called = [each for each in desk.staff.with_role(Role.AGENT) if each.name == word]
    match called:
        case [one]:
            return one
        case []:
            raise Misused(phrase("cmd.staff.unknown", word=word), is_complete=True)
        case several:
            ids = "、".join(each.userid for each in several)
            raise Misused(phrase("cmd.staff.several", word=word, ids=ids), is_complete=True)
