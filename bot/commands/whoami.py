"""/whoami: what the house knows about the one who asks."""

from functools import reduce

from bot.commands.base import Call, SlashCommand, answer
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.kernel.roles import Role
from desk.tickets.promises import SKILL_FOR

_NAMED = frozenset((*SKILL_FOR.values(), "coupon"))
"""Skills that have a name in the phrases; a merchant may have others."""


async def run(call: Call, desk: Desk) -> Outcome:
    """Answer with name, role, stores and skills."""
    member = call.member
    names = {store.id: store.name for store in desk.stores}
    stores = "、".join(names.get(each, each) for each in member.stores)
    skills = [skill_called(each) for each in member.skills]
    return answer(
        phrase(
            "cmd.whoami.card",
            name=member.name,
            userid=member.userid,
            role=Phrase(f"role.{member.role.name.lower()}"),
            stores=phrase("cmd.whoami.stores", stores=stores) if stores else "",
            skills=phrase("cmd.whoami.skills", skills=reduce(_and, skills)) if skills else "",
        )
    )


def skill_called(skill: str) -> Phrase | str:
    """What people call a skill; one of the merchant's own as their file does."""
    return Phrase(f"skill.{skill}") if skill in _NAMED else skill


def _and(before: Phrase | str, skill: Phrase | str) -> Phrase | str:
    return phrase("cmd.whoami.one_more", before=before, skill=skill)


COMMAND = SlashCommand(
    name="whoami",
    aliases=("我是谁",),
    summary="cmd.whoami.summary",
    usage="cmd.whoami.usage",
    least=Role.AGENT,
    run=run,
)
