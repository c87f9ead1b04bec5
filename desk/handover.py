"""Gives a customer to a person, with all that the person needs to go on."""

from dataclasses import dataclass

from desk.books import Books
from desk.conversations.commands import HandOver
from desk.conversations.outgoing import PassToPerson
from desk.conversations.tray import OutTray
from desk.staff.audience import audience
from desk.staff.directory import StaffDirectory


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A customer is on the way to a person; `to` are the userids who get the summary.

    `product` and `order_no` are what the conversation was about, "" where unknown.
    """

    task: str
    asked: HandOver
    external_userid: str
    nickname: str
    product: str
    order_no: str
    to: tuple[str, ...]


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
    )
