"""/whoami: what the house knows about the one who asks."""

from bot.commands.base import Call, SlashCommand, answer
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.kernel.roles import Role


async def run(call: Call, desk: Desk) -> Outcome:
    """Answer with name, role, stores and skills."""
    member = call.member
    names = {store.id: store.name for store in desk.stores}
    stores = "、".join(names.get(each, each) for each in member.stores)
    skills = "、".join(member.skills)
    return answer(
        phrase(
            "cmd.whoami.card",
            name=member.name,
            userid=member.userid,
            role=Phrase(f"role.{member.role.name.lower()}"),
            stores=phrase("cmd.whoami.stores", stores=stores) if stores else "",
            skills=phrase("cmd.whoami.skills", skills=skills) if skills else "",
        )
    )


COMMAND = SlashCommand(
    name="whoami",
    aliases=("我是谁",),
    summary="cmd.whoami.summary",
    usage="cmd.whoami.usage",
    least=Role.AGENT,
    run=run,
)
