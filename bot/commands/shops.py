"""/shops: how the connected shops answer and are synced, and where the book was wrong."""

from datetime import timedelta

from bot.commands.base import Call, Misused, SlashCommand, answer
from bot.parcel_lines import parcel_lines, parcels_now
from bot.shop_lines import difference_line, shop_line
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import phrase
from desk.kernel.roles import Role
from desk.sync.report import report

_LOOK_BACK = timedelta(days=7)
_SHOWN = 15
_DIFFERENCES = frozenset(("diff", "对账", "差异"))


async def run(call: Call, desk: Desk) -> Outcome:
    """Answer with a few lines per shop, or with the difference list."""
    if not call.words:
        return await _health(call, desk)
    if call.words[0].lower() in _DIFFERENCES:
        return await _differences(call, desk)
    raise Misused(phrase("cmd.shops.which", word=call.words[0]))


async def _health(call: Call, desk: Desk) -> Outcome:
    reports = report(
        desk.shops.health(), await desk.sync.health(call.now), await desk.calls.today(), call.now
    )
    if not reports:
        return answer(phrase("cmd.shops.none"))
    parcels = parcel_lines(await parcels_now(desk, call.now))
    shops = tuple(shop_line(each) for each in reports)
    return answer(phrase("cmd.shops.list", shops=(*shops, *parcels)))


async def _differences(call: Call, desk: Desk) -> Outcome:
    found = await desk.sync.differences(call.now - _LOOK_BACK, _SHOWN)
    if not found:
        return answer(phrase("cmd.shops.no_differences"))
    lines = tuple(difference_line(each, desk.shops) for each in found)
    return answer(phrase("cmd.shops.differences", lines=lines))


COMMAND = SlashCommand(
    name="shops",
    aliases=("店铺",),
    summary="cmd.shops.summary",
    usage="cmd.shops.usage",
    least=Role.AGENT,
    run=run,
)
