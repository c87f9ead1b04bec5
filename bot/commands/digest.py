"""/digest: the managers' figures of today, yesterday or the week, asked for by hand."""

from bot.commands.base import Call, Misused, SlashCommand
from bot.commands.find import staff_name
from bot.digests.compose import LATE_AFTER, compose
from bot.digests.shops import watch_of
from bot.digests.spans import Span, today, week, yesterday
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import phrase
from desk.kernel.roles import Role


async def run(call: Call, desk: Desk) -> Outcome:
    """Answer with the figures of a span; yesterday's where none is named."""
    span = _span(call)
    figures = await desk.insights.figures(span.since, span.until, LATE_AFTER)
    shops = await watch_of(desk)(call.now, span)
    return Outcome(say=compose(figures, span, lambda userid: staff_name(userid, desk), shops))


def _span(call: Call) -> Span:
    word = call.words[0].lower() if call.words else "yesterday"
    match word:
        case "today" | "今天":
            return today(call.now)
        case "yesterday" | "昨天":
            return yesterday(call.now)
        case "week" | "本周" | "一周":
            return week(call.now)
        case _:
            raise Misused(phrase("cmd.digest.which", word=word))


COMMAND = SlashCommand(
    name="digest",
    aliases=("简报", "日报"),
    summary="cmd.digest.summary",
    usage="cmd.digest.usage",
    least=Role.MANAGER,
    run=run,
)
