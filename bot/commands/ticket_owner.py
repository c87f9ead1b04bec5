"""Who has a ticket: give it to somebody, give it back, and why it went to whom."""

from bot.commands.base import Call, Misused, answer
from bot.commands.find import staff_name
from bot.commands.find_staff import find_staff
from bot.commands.ticket_placed import overflow, placed_lines
from desk.assignment.commands import GiveTicket, ReturnTicket
from desk.assignment.model import Judged, Kept
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.tickets.model import Ticket

_DECISIONS_SHOWN = 3


def give(ticket: Ticket, call: Call, desk: Desk) -> Outcome:
    """Put it before somebody else."""
    if len(call.words) < 3:
        raise Misused(phrase("cmd.ticket.give_whom"))
    to = find_staff(call.words[2], desk)
    if to.userid == ticket.owner:
        raise Misused(
            phrase("cmd.ticket.has_it", name=to.name, number=ticket.number), is_complete=True
        )
    return Outcome(do=(GiveTicket(ticket.number, to.userid, call.member.userid),))


def give_back(ticket: Ticket, call: Call) -> Outcome:
    """Give it back; a card's button gives no reason."""
    return Outcome(do=(ReturnTicket(ticket.number, call.member.userid, call.rest(2)),))


async def why(ticket: Ticket, desk: Desk) -> Outcome:
    """Tell the last decisions, the newest with everybody who came into question."""
    kept = await desk.assignments.decisions(ticket.number, _DECISIONS_SHOWN)
    if not kept:
        return answer(phrase("cmd.ticket.why_nothing", number=ticket.number))
    newest = kept[0]
    return answer(
        phrase(
            "cmd.ticket.why",
            number=ticket.number,
            placed=await placed_lines(ticket, desk),
            overflow=overflow(newest.decision, desk),
            decided=_decided(newest, desk),
            people=tuple(_judged(each, desk) for each in newest.decision.judged),
            earlier=tuple(_decided(each, desk) for each in kept[1:]),
        )
    )


def _decided(kept: Kept, desk: Desk) -> Phrase:
    winner, by = kept.decision.winner, kept.by
    cause = Phrase(f"assign.cause.{kept.cause}")
    if not winner:
        return phrase("cmd.ticket.why_nobody", at=kept.at, cause=cause)
    key = "cmd.ticket.why_given" if by else "cmd.ticket.why_asked"
    names = {"name": staff_name(winner, desk), "by": staff_name(by, desk)}
    return Phrase(key, {"at": kept.at, "cause": cause, **names})


def _judged(each: Judged, desk: Desk) -> Phrase:
    name = staff_name(each.userid, desk)
    if each.excluded is not None:
        reason = Phrase(f"assign.not.{each.excluded}")
        return phrase("cmd.ticket.why_not", name=name, why=reason, load=each.load)
    terms = tuple(
        phrase(
            "cmd.ticket.why_term", term=Phrase(f"assign.term.{one.name}"), counts=_two(one.counts)
        )
        for one in each.terms
    )
    return Phrase(
        "cmd.ticket.why_scored",
        {"name": name, "score": _two(each.score), "load": each.load, "terms": _joined(terms)},
    )


def _joined(terms: tuple[Phrase, ...]) -> Phrase | str:
    if not terms:
        return ""
    line = terms[0]
    for term in terms[1:]:
        line = phrase("cmd.ticket.why_terms", first=line, then=term)
    return line


def _two(value: float) -> str:
    return f"{value:+.2f}"
