"""图里这个有吗: what points at a picture just sent joins the ticket of the picture."""

import re
from datetime import datetime, timedelta

from actions.unsolved import unsolved
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.shops.wish import wording_of
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Ticket
from desk.turns import Turn

PICTURE = "picture_at"
"""What the conversation remembers of a picture: when it came."""

_FRESH = timedelta(minutes=30)
_IN_THE_PICTURE = re.compile(r"图|照片|截屏")
_THIS = re.compile(r"这[个款双件条种台辆只]|同款|一样的")
_LOOKED_AT = 5


async def pictured(turn: Turn, desk: Desk) -> Outcome | None:
    """Add the question to the ticket of the picture; None where something else is meant."""
    if not _points_at_picture(turn):
        return None
    ticket = await _ticket(turn, desk)
    if ticket is None:
        return None
    joined = OpenTicket(
        kind=ticket.kind,
        priority=ticket.priority,
        summary=f"顾客问的是图片里的商品：“{turn.text.strip()}”",
        customer=turn.customer.id,
        conversation=turn.conversation.id,
        shop=ticket.shop,
        order_no=ticket.order_no,
        asks=False,
    )
    return Outcome((Say(phrase("media.by_name")),), (joined,))


def _points_at_picture(turn: Turn) -> bool:
    came = turn.focus.get(PICTURE, "")
    if not came or turn.now - datetime.fromisoformat(came) > _FRESH or turn.slots.get("item"):
        return False
    return bool(_IN_THE_PICTURE.search(turn.text)) or _only_points(turn)


def _only_points(turn: Turn) -> bool:
    """这个有吗, without a name for it."""
    return bool(_THIS.search(turn.text)) and not wording_of(turn.slots.get("product", ""))


async def _ticket(turn: Turn, desk: Desk) -> Ticket | None:
    """The latest ticket that is not solved: the picture joined it, or opened it."""
    return next(iter(await unsolved(turn, desk, _LOOKED_AT)), None)
