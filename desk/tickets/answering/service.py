"""Every open ticket of the customer is answered by the first message; the rest only touch it."""

from desk.tickets.answering.commands import AnswerInSession
from desk.tickets.model import TicketState
from desk.tickets.tools import Tools

_LOOKED_AT = 20


async def answer(tools: Tools, asked: AnswerInSession) -> None:
    """Keep the promise of an answer; the history gets a line only where one was owed."""
    theirs = await tools.store.of_customer(asked.customer, _LOOKED_AT)
    for number in sorted(each.number for each in theirs if not each.state.ended):
        ticket = await tools.store.locked(number)
        if ticket is None or ticket.state.ended or ticket.state is TicketState.WAITING_CUSTOMER:
            continue
        if await tools.times.answered(ticket, asked.at):
            await tools.log(ticket, asked.by, "talked")
