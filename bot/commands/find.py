"""Finds the customer that a word on a command line means."""

from dataclasses import dataclass

from bot.commands.base import Call, Misused
from bot.commands.parse import ticket_number
from desk.customers.model import Customer
from desk.front import Desk
from desk.kernel.ids import ConversationId
from desk.kernel.messages import phrase
from desk.tickets.model import Ticket

_LOOKED_THROUGH = 50


@dataclass(frozen=True, slots=True)
class Meant:
    """A customer, and where to speak to them (None where we do not know a conversation)."""

    customer: Customer
    conversation: ConversationId | None


async def find_customer(word: str, call: Call, desk: Desk) -> Meant:
    """Find a customer by ticket number, WeCom's external_userid, or nickname.

    Nicknames are looked for among the customers of unsolved tickets only.

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
        raise Misused(phrase("cmd.ticket.not_a_number", word=word))
    ticket = await desk.tickets.by_number(number)
    if ticket is None:
        raise Misused(phrase("ticket.unknown", number=number))
    return ticket


def staff_name(userid: str, desk: Desk) -> str:
    """What people call a member of staff; "" for nobody."""
    member = desk.staff.find(userid) if userid else None
    return member.name if member else userid


async def _by_ticket(number: str, desk: Desk) -> Meant:
    ticket = await desk.tickets.by_number(number)
    customer = await desk.customers.get(ticket.customer) if ticket and ticket.customer else None
    if ticket is None or customer is None:
        raise Misused(phrase("ticket.unknown", number=number))
    return Meant(customer, ticket.conversation)


async def _by_nickname(word: str, desk: Desk) -> Customer:
    tickets = await desk.tickets.unsolved(None, _LOOKED_THROUGH)
    ids = dict.fromkeys(ticket.customer for ticket in tickets if ticket.customer)
    known = [await desk.customers.get(each) for each in ids]
    fitting = [each for each in known if each and word in each.nickname]
    exact = [each for each in fitting if each.nickname == word]
    match exact or fitting:
        case [one]:
            return one
        case []:
            raise Misused(phrase("cmd.customer.unknown", word=word))
        case several:
            names = "、".join(f"{each.nickname} {each.external_userid}" for each in several)
            raise Misused(phrase("cmd.customer.several", word=word, names=names))


async def _conversation_of(customer: Customer, desk: Desk) -> ConversationId | None:
    tickets = await desk.tickets.of_customer(customer.id, 1)
    if tickets and tickets[0].conversation:
        return tickets[0].conversation
    grants = await desk.grants.of_customer(customer.id)
    return grants[0].conversation if grants else None
