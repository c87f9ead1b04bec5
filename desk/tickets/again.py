"""What is closed for good and not solved after all goes on as a new ticket."""

from desk.conversations.commands import Tell
from desk.kernel.messages import Say, phrase
from desk.tickets.actors import BOT, CUSTOMER, is_person
from desk.tickets.closing.events import NotSolvedAfterAll
from desk.tickets.commands import OpenTicket


def again(event: NotSolvedAfterAll) -> tuple[OpenTicket | Tell, ...]:
    """A new one of the same kind about the same, which names the old one as its cause."""
    old = event.ticket
    words = f"：{event.words}" if event.words else ""
    anew = OpenTicket(
        kind=old.kind,
        priority=old.priority,
        summary=f"工单 {old.number} 关闭后还没解决{words}",
        customer=old.customer,
        conversation=old.conversation,
        shop=old.shop,
        order_no=old.order_no,
        fields=old.fields,
        store=old.store,
        region=old.region,
        product_type=old.product_type,
        template=old.template,
        by=BOT if event.by == CUSTOMER else event.by,
        because=old.number,
    )
    if not is_person(event.by):
        return (anew,)
    said = phrase("ticket.opened_anew", number=old.number)
    return (anew, Tell(Say(said), (event.by,)))
