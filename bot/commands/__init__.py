"""The agents' room: every slash-command, and the one door to them for text and buttons."""

from difflib import get_close_matches

from bot.commands import (
    alias,
    coupon,
    customer,
    digest,
    duty,
    leaders,
    order,
    price,
    redeliver,
    review,
    routes,
    rules,
    shops,
    staff,
    stock,
    surge,
    template,
    ticket,
    whoami,
)
from bot.commands.authorise import refusal
from bot.commands.base import Call, Misused, SlashCommand, answer
from bot.commands.help import HELP, help_on
from bot.commands.parse import Line, parse
from desk.commands import Outcome
from desk.conversations.model import Conversation
from desk.front import Desk
from desk.kernel.ids import InboxId
from desk.kernel.messages import Phrase, phrase
from desk.staff.directory import Staff

_OTHERS: tuple[SlashCommand, ...] = (
    stock.COMMAND,
    price.COMMAND,
    order.COMMAND,
    customer.COMMAND,
    ticket.COMMAND,
    coupon.COMMAND,
    alias.COMMAND,
    digest.COMMAND,
    review.COMMAND,
    rules.COMMAND,
    redeliver.COMMAND,
    shops.COMMAND,
    *duty.COMMANDS,
    staff.COMMAND,
    surge.COMMAND,
    leaders.COMMAND,
    routes.COMMAND,
    template.COMMAND,
    whoami.COMMAND,
)
ALL: tuple[SlashCommand, ...] = (*_OTHERS, help_on(_OTHERS))

_BY_NAME = {name: command for command in ALL for name in command.names}
_NAMES = frozenset(_BY_NAME)


async def run_line(
    text: str, member: Staff, conversation: Conversation, inbox: InboxId, desk: Desk
) -> Outcome:
    """Run a command line of a member of staff: typed (/stock …), or a card's button (no slash)."""
    line = parse(text, _NAMES)
    command = _BY_NAME.get(line.name)
    if command is None:
        return answer(_unknown(line))
    forbidden = refusal(command, member)
    if forbidden is not None:
        return answer(forbidden)
    if line.words and line.words[0].lower() in HELP:
        return answer(Phrase(command.usage))
    call = Call(line.words, member, conversation, desk.clock.now(), inbox)
    try:
        return await command.run(call, desk)
    except Misused as misused:
        return answer(_misused(command, misused))


def _misused(command: SlashCommand, misused: Misused) -> Phrase:
    if misused.is_complete:
        return misused.why
    usage = Phrase(command.usage)
    if command.many_verbs:
        usage = phrase("cmd.usage_at", name=command.called)
    return phrase("cmd.misused", why=misused.why, usage=usage)


def _unknown(line: Line) -> Phrase:
    if not line.slashed:
        return phrase("staff.text_only")
    # Of two Chinese characters one is half the word; of Latin letters half is nothing.
    likeness = 0.6 if line.name.isascii() else 0.5
    near = get_close_matches(line.name, sorted(_NAMES), n=3, cutoff=likeness)
    if not near:
        return phrase("cmd.unknown", word=line.name)
    return phrase("cmd.unknown_near", word=line.name, near=" ".join(f"/{name}" for name in near))
