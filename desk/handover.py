"""Gives a customer to a person, with all that the person needs to go on."""

import re
from collections.abc import Sequence
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
from desk.tickets.model import Ticket

PAST = timedelta(hours=12)
"""What was said longer ago is another conversation."""
_TURNS, _TICKETS = 6, 10
_MOST_WORDS = 80
_ONLY_A_PERSON = re.compile(
    r"[我要想请帮麻烦快给转接找叫的个一下你们吗吧啊呀了,，。!！?？\s]*"
    r"(?:人工(?:客服|服务)?|真人|客服)[客服务的吗吧啊呀了,，。!！?？\s]*"
)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A customer is on the way to a person; `to` are the userids who get the summary.

    `wants` is what the customer wants, "" where they never said. `product` and `order_no` are
    what the conversation was about, "" where unknown; `past` are its last turns, `tickets` those
    that are unsolved. `since` is when the customer first wrote.
    """

    task: str
    asked: HandOver
    external_userid: str
    nickname: str
    wants: str
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
    past = await books.reviews.past(asked.conversation, tray.now - PAST, _TURNS)
    return HandedOver(
        task=f"handover-{tray.derive('handover').hex}",
        asked=asked,
        external_userid=customer.external_userid if customer else "",
        nickname=customer.nickname if customer else "",
        wants=asked.summary or _wanted(past),
        product=focus.get("product", ""),
        order_no=focus.get("order_no") or focus.get("order_id", ""),
        to=asked.preferred or audience(staff, asked.skill, urgent=asked.urgent),
        now=tray.now,
        since=customer.since if customer else None,
        past=past,
        tickets=await unsolved(books, asked.customer),
    )


def wanted(*said: str) -> str:
    """What somebody wants, in their words; that they want a person is no news to that person."""
    words = [each.strip() for each in said if not _ONLY_A_PERSON.fullmatch(each)]
    return "；".join(f"“{each[:_MOST_WORDS]}”" for each in words if each)


def _wanted(past: Sequence[PastTurn]) -> str:
    """What they said last before they asked for a person."""
    return next((found for each in reversed(past) if (found := wanted(each.text))), "")


async def unsolved(books: Books, customer: CustomerId | None) -> tuple[Ticket, ...]:
    """The tickets of a customer that wait for a person, newest first."""
    if customer is None:
        return ()
    tickets = await books.tickets.of_customer(customer, _TICKETS)
    return tuple(each for each in tickets if not each.state.ended)
