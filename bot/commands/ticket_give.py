"""转派 without a name: those who come into question, to be tapped."""

from bot.commands.base import Call, answer
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Card, CardButton, Phrase, phrase
from desk.staff.directory import Staff
from desk.tickets.cards import kind_phrase
from desk.tickets.model import Ticket

_SHOWN = 6
"""As many as a card has buttons (WeCom doc 90236)."""


async def whom(ticket: Ticket, call: Call, desk: Desk) -> Outcome:
    """Offer those whom the last decision found fit, the best first, then the other agents."""
    people = await _fitting(ticket, desk)
    shown = [each for each in people if each.userid not in (ticket.owner, call.member.userid)]
    if not shown:
        return answer(phrase("cmd.ticket.give_nobody", number=ticket.number))
    names = "、".join(each.name for each in shown[_SHOWN:])
    more = phrase("cmd.ticket.give_more", names=names, number=ticket.number) if names else ""
    return Outcome(
        say=(
            Card(
                task=f"ticket-{ticket.number}-give-{call.inbox.hex}",
                title=phrase("cmd.ticket.give_title", kind=kind_phrase(ticket)),
                subtitle=Phrase("cmd.ticket.give_to", {"number": ticket.number, "more": more}),
                buttons=tuple(_button(ticket, each) for each in shown[:_SHOWN]),
            ),
        )
    )


async def _fitting(ticket: Ticket, desk: Desk) -> tuple[Staff, ...]:
    kept = await desk.assignments.decisions(ticket.number, 1)
    judged = [each for one in kept for each in one.decision.judged if each.excluded is None]
    best = [desk.staff.find(each.userid) for each in judged]
    agents = desk.staff.agents()
    everybody = (*(each for each in best if each is not None), *agents)
    return tuple({each.userid: each for each in everybody}.values())


def _button(ticket: Ticket, member: Staff) -> CardButton:
    label = phrase("card.text", text=member.name)
    return CardButton(f"ticket give {ticket.number} {member.userid}", label)
