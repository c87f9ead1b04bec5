"""转人工 on a ticket: the one who has it speaks to the customer in person."""

from bot.commands.base import answer
from desk.commands import Outcome
from desk.conversations.commands import HandOver, SayTo
from desk.kernel.messages import Say, phrase
from desk.kernel.roles import Role
from desk.staff.directory import Staff
from desk.tickets.commands import AnswerOnTicket
from desk.tickets.model import Ticket


def talk(ticket: Ticket, member: Staff) -> Outcome:
    """Give the customer's session to the member; only the owner or a supervisor may."""
    if ticket.conversation is None:
        return answer(phrase("cmd.ticket.talk_nowhere", number=ticket.number))
    if ticket.owner not in ("", member.userid) and member.role < Role.SUPERVISOR:
        return answer(phrase("cmd.ticket.talk_not_yours", number=ticket.number))
    coming = Say(phrase("ticket.talk", name=member.name, number=ticket.number))
    handed = HandOver(
        conversation=ticket.conversation,
        customer=ticket.customer,
        reason=f"{member.name}处理工单 {ticket.number}",
        summary=ticket.summary,
        preferred=(member.userid,),
    )
    answered = AnswerOnTicket(ticket.number, member.userid)
    return Outcome(do=(SayTo(ticket.conversation, coming), answered, handed))
