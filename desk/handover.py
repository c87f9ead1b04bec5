"""Gives a customer to a person, with all that the person needs to go on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.books import Books
from desk.conversations.commands import HandOver
from desk.conversations.outgoing import PassToPerson
from desk.conversations.tray import OutTray
from desk.kernel.ids import CustomerId
from desk.reviews.model import PastTurn
from desk.staff.audience import audience
from desk.staff.directory import StaffDirectory
from desk.tickets.model import Ticket, TicketState

PAST = timedelta(hours=12)
"""What was said longer ago is another conversation."""
_TURNS, _TICKETS = 6, 10


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A customer is on the way to a person; `to` are the userids who get the summary.

    `product` and `order_no` are what the conversation was about, "" where unknown; `past` are its
    last turns, `tickets` those that are unsolved. `since` is when the customer first wrote.
    """

    task: str
    asked: HandOver
    external_userid: str
    nickname: str
    product: str
    order_no: str
    to: tuple[str, ...]
    now: datetime
    since: datetime | None = None
    past: tuple[PastTurn, ...] = ()
    tickets: tuple[Ticket, ...] = ()


async def hand_over(
    asked: HandOver, books: Books, staff: StaffDirectory, tray: OutTray
) -> HandedOver:
    """Put the session's passing on the tray and gather the summary."""
    conversation = await books.conversations.get(asked.conversation)
    customer = await books.customers.get(asked.customer) if asked.customer else None
    preferred = asked.preferred or audience(staff, asked.skill)
    tray.put(str(asked.conversation), PassToPerson(asked.conversation, preferred))
    focus = conversation.dialogue.focus if conversation else {}
    return HandedOver(
        task=f"handover-{tray.derive('handover').hex}",
        asked=asked,
        external_userid=customer.external_userid if customer else "",
        nickname=customer.nickname if customer else "",
        product=focus.get("product", ""),
        order_no=focus.get("order_no") or focus.get("order_id", ""),
        to=asked.preferred or audience(staff, asked.skill, urgent=asked.urgent),
        now=tray.now,
        since=customer.since if customer else None,
        past=await books.reviews.past(asked.conversation, tray.now - PAST, _TURNS),
        tickets=await unsolved(books, asked.customer),
    )


async def unsolved(books: Books, customer: CustomerId | None) -> tuple[Ticket, ...]:
    """The tickets of a customer that wait for a person, newest first."""
    if customer is None:
        return ()
    tickets = await books.tickets.of_customer(customer, _TICKETS)
    return tuple(each for each in tickets if each.state is not TicketState.SOLVED)
