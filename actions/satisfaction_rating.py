"""评价服务: thanks; who is not content is offered a person."""

import re

from actions.asking import to_person
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.turns import Action, Turn

_LOW = re.compile(
    r"不满意|不太满意|很差|太差|差评|极差|失望|垃圾|糟糕|一般般|不行|没解决|答非所问|^[12一二两]\s*[星分]?$|"
    r"(?<!\d)[0-2一二两][星分]"
)


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Thank for it."""
    del desk
    if _LOW.search(turn.text.strip()):
        return Outcome((Say(phrase("rating.low"), (to_person(),)),))
    return Outcome((Say(phrase("rating.thanks")),))


action = Action(intent="satisfaction_rating", run=run)
