"""/shops: whether the connected shops answer, and since when not."""

from bot.commands.base import Call, SlashCommand, answer
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.kernel.roles import Role
from desk.shops.answers import Why
from desk.shops.circuit import CircuitState
from desk.shops.line import ShopHealth


async def run(_call: Call, desk: Desk) -> Outcome:
    """Answer with a line per shop."""
    lines = tuple(_line(each) for each in desk.shops.health())
    if not lines:
        return answer(phrase("cmd.shops.none"))
    return answer(phrase("cmd.shops.list", shops=lines))


def _line(health: ShopHealth) -> Phrase:
    if health.asked == 0:
        return phrase("cmd.shops.unasked", shop=health.name)
    failed, asked = health.failed, health.asked
    if health.circuit is CircuitState.CLOSED and health.why is None:
        return phrase("cmd.shops.fine", shop=health.name, failed=failed, asked=asked)
    why = Phrase(f"shop.why.{health.why or Why.UNAVAILABLE}")
    if health.last_success is None:
        return phrase("cmd.shops.never", shop=health.name, why=why, asked=asked)
    at = health.last_success
    return phrase("cmd.shops.failing", shop=health.name, why=why, failed=failed, asked=asked, at=at)


COMMAND = SlashCommand(
    name="shops",
    aliases=("店铺",),
    summary="cmd.shops.summary",
    usage="cmd.shops.usage",
    least=Role.AGENT,
    run=run,
)
