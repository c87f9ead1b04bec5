"""Finds the customer that a word on a command line means."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands.base import Call, Misused
from bot.commands.parse import ticket_number
from desk.customers.model import Customer
from desk.front import Desk
from desk.kernel.ids import ConversationId
from desk.kernel.messages import Phrase, phrase
from desk.tickets.actors import RULE
from desk.tickets.model import Ticket

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Meant:
    """A customer, and where to speak to them (None where we do not know a conversation)."""

    customer: Customer
    conversation: ConversationId | None


async def find_customer(word: str, call: Call, desk: Desk) -> Meant:
    """Find a customer by ticket number, WeCom's external_userid, or (part of a) nickname.

    Raises:
        Misused: nobody fits, or several do.
    """
    if number := ticket_number(word, call.now):
        return await _by_ticket(number, desk)
    customer = await desk.customers.by_external_userid(word)
    if customer is None:
        customer = await _by_nickname(word, desk)
    return Meant(customer, await _conversation_of(customer, desk))


async def find_ticket(word: str, call: Call, desk: Desk) -> Ticket:
    """Find a ticket by its number, today's by its last digits.

    Raises:
        Misused: it is no ticket number, or there is no such ticket.
    """
    number = ticket_number(word, call.now)
    if number is None:
        raise Misused(phrase("cmd.ticket.not_a_number", word=word), is_complete=True)
    ticket = await desk.tickets.by_number(number)
    if ticket is None:
        raise Misused(phrase("ticket.unknown", number=number), is_complete=True)
    return ticket


def shop_name(shop: str, desk: Desk) -> str:
    """What people call a shop."""
    known = desk.shops.shop(shop)
    return known.name if known else shop


def staff_name(userid: str, desk: Desk) -> str:
    """What people call a member of staff, or a rule that did something; "" for nobody."""
    if userid.startswith(RULE):
        rule = desk.rulebook.rule(userid.removeprefix(RULE))
        return f"规则“{rule.called if rule else userid.removeprefix(RULE)}”"
    member = desk.staff.find(userid) if userid else None
    return member.name if member else userid


async def _by_ticket(number: str, desk: Desk) -> Meant:
    ticket = await desk.tickets.by_number(number)
    customer = await desk.customers.get(ticket.customer) if ticket and ticket.customer else None
    if ticket is None or customer is None:
        raise Misused(phrase("ticket.unknown", number=number), is_complete=True)
    return Meant(customer, ticket.conversation)


async def _by_nickname(word: str, desk: Desk) -> Customer:
    fitting = await desk.customers.by_nickname(word, _SHOWN + 1)
    exact = [each for each in fitting if each.nickname.lower() == word.lower()]
    match _persons(exact or fitting):
        case [one]:
            return one
        case []:
            raise Misused(phrase("cmd.customer.unknown", word=word))
        case several:
            raise Misused(await _choose(word, several, desk), is_complete=True)


def _persons(customers: Sequence[Customer]) -> list[Customer]:
    """Each person once, as the customer of theirs that comes first."""
    kept: list[Customer] = []
    for each in customers:
        if not any(other.is_person_of(each.id) for other in kept):
            kept.append(each)
    return kept


async def _choose(word: str, several: Sequence[Customer], desk: Desk) -> Phrase:
    lines = [await _line(each, desk) for each in several[:_SHOWN]]
    if len(several) > _SHOWN:
        lines.append(phrase("cmd.customer.still_more"))
    return phrase("cmd.customer.several", word=word, customers=tuple(lines))


async def _line(customer: Customer, desk: Desk) -> Phrase:
    heard = [each.last_heard_at for each in await desk.conversations.of_customer(customer.id)]
    last = phrase("cmd.customer.heard", at=heard[0]) if heard and heard[0] else ""
    return phrase(
        "cmd.customer.choice", name=customer.nickname, last=last, id=customer.external_userid
    )


async def _conversation_of(customer: Customer, desk: Desk) -> ConversationId | None:
    conversations = await desk.conversations.of_customer(customer.id)
    return conversations[0].id if conversations else None
