"""/rules: the merchant's rules, what they did, and a dry run that writes nothing."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from bot.commands.base import Call, Misused, SlashCommand, answer
from bot.commands.find import find_customer
from bot.commands.parse import ticket_number
from bot.commands.rules_log import log_lines
from bot.commands.rules_told import listed, shown, tried
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import phrase
from desk.kernel.roles import Role
from desk.rules.happened import of_ticket
from desk.rules.happenings import Happening, On, Value
from desk.rules.model import Rule
from desk.rules.trial import Readers, try_out

LATELY = timedelta(days=30)
_LISTED = 40
_RUNS = 15


async def run(call: Call, desk: Desk) -> Outcome:
    """Do what the first word says; without one, list."""
    verb = call.words[0].lower() if call.words else "list"
    do = _VERBS.get(_ALIASES.get(verb, verb))
    if do is None:
        raise Misused(phrase("cmd.rules.which_verb", word=verb))
    return await do(call, desk)


async def _list(call: Call, desk: Desk) -> Outcome:
    rules = desk.rulebook.rules
    if not rules:
        return answer(phrase("cmd.rules.list_empty"))
    counts = await desk.rules.counts(call.now - LATELY)
    return answer(listed(rules, counts, _LISTED))


async def _show(call: Call, desk: Desk) -> Outcome:
    rule = _named(call, desk)
    counts = await desk.rules.counts(call.now - LATELY)
    return answer(shown(rule, counts.get(rule.id)))


async def _try(call: Call, desk: Desk) -> Outcome:
    rule = _named(call, desk)
    if len(call.words) < 3:
        raise Misused(phrase("cmd.rules.try_on_what"))
    at = await _happening(rule, call, desk)
    readers = Readers(desk.customers, desk.tickets, desk.book, desk.rules)
    trial = await try_out(rule, at, readers, desk.staff, call.now)
    return answer(tried(trial, desk))


async def _happening(rule: Rule, call: Call, desk: Desk) -> Happening:
    """What would happen, about the ticket, order or customer that is named."""
    word, on = call.words[2], rule.on[0]
    number = ticket_number(word, call.now)
    if number is None and (booked := await desk.book.anywhere(word)):
        order = booked[0].order
        buyer = order.buyer
        known = await desk.customers.by_buyer(buyer.shop, buyer.buyer) if buyer else None
        customer = known.id if known else None
        return Happening(on, customer, order=order, shop=order.shop, order_no=order.number)
    meant = await find_customer(word, call, desk)
    ticket = await desk.tickets.by_number(number) if number else None
    if ticket is not None and on is not On.MESSAGE:
        return of_ticket(on, ticket)
    text = call.rest(3)
    told: dict[str, Value] = {}
    if on is On.MESSAGE:
        told = {"message.intent": "", "message.held": False}
    talks = await desk.conversations.of_customer(meant.customer.id)
    where = talks[0].id if talks else meant.conversation
    return Happening(on, meant.customer.id, where, told=told, text=text)


async def _log(call: Call, desk: Desk) -> Outcome:
    word = call.rest(1)
    if not word:
        raise Misused(phrase("cmd.rules.log_of_what"))
    number = ticket_number(word, call.now)
    runs = await desk.rules.of_rule(_id_of(word, desk), _RUNS)
    if not runs:
        runs = await desk.rules.about(number or word, _RUNS)
    if not runs and number is None and desk.rulebook.rule(_id_of(word, desk)) is None:
        meant = await find_customer(word, call, desk)
        runs = await desk.rules.of_customer(meant.customer.id, _RUNS)
    if not runs:
        return answer(phrase("cmd.rules.log_empty", word=word))
    return answer(phrase("cmd.rules.log", word=word, runs=log_lines(runs, desk)))


def _id_of(word: str, desk: Desk) -> str:
    """The id of the rule that is called so; the word itself where none is."""
    called = (each.id for each in desk.rulebook.rules if each.name == word)
    return next(called, word)


def _named(call: Call, desk: Desk) -> Rule:
    if len(call.words) < 2:
        raise Misused(phrase("cmd.rules.which"))
    found = desk.rulebook.rule(_id_of(call.words[1], desk))
    if found is None:
        raise Misused(phrase("cmd.rules.unknown", word=call.words[1]), is_complete=True)
    return found


_VERBS: Mapping[str, Callable[[Call, Desk], Awaitable[Outcome]]] = {
    "list": _list,
    "show": _show,
    "try": _try,
    "log": _log,
}
_ALIASES: Mapping[str, str] = {
    "列表": "list",
    "查看": "show",
    "看": "show",
    "试": "try",
    "试一试": "try",
    "试运行": "try",
    "记录": "log",
    "日志": "log",
}

COMMAND = SlashCommand(
    name="rules",
    aliases=("规则",),
    summary="cmd.rules.summary",
    usage="cmd.rules.usage",
    least=Role.SUPERVISOR,
    run=run,
)
