"""How a ticket stands, in plain words: the headline of its page and what stands below it."""

from dataclasses import dataclass
from datetime import datetime

from bot.web.facts import Facts
from bot.web.story import NameOf, shown_words
from desk.kernel.messages import Phrase, phrase
from desk.tickets.model import Ticket, TicketState

Rows = tuple[tuple[Phrase, Phrase], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Headline, what follows from it, words that the customer was told, and who, until when."""

    tone: str
    headline: Phrase
    detail: Phrase | None
    rows: Rows
    note: str = ""


def standing_of(facts: Facts, name_of: NameOf, now: datetime, told: str) -> Standing:
    """Judge a ticket by its state and its due moment; `told` is what its step tells."""
    ticket = facts.ticket
    if facts.onward and ticket.merged_into:
        merged = phrase("page.state.merged", number=facts.onward.number)
        return Standing("over", merged, phrase("page.detail.merged"), _opened(ticket))
    match ticket.state:
        case TicketState.SOLVED:
            return _solved(facts, name_of, told)
        case TicketState.CLOSED:
            return _closed(facts, name_of)
        case TicketState.WAITING_CUSTOMER:
            return _asks(facts, name_of, told)
        case _:
            return _under_way(ticket, name_of, now, told)


def _under_way(ticket: Ticket, name_of: NameOf, now: datetime, told: str) -> Standing:
    headline = phrase("page.state.open")
    if ticket.owner:
        headline = phrase("page.state.taken", name=name_of(ticket.owner))
    late = ticket.due_at < now
    detail = phrase("page.detail.late" if late else "page.detail.due", at=ticket.due_at)
    tone = "late" if late else "work" if ticket.owner else "open"
    rows = (*_owner(ticket, name_of), *_opened(ticket))
    return Standing(tone, headline, detail, rows, told)


def _asks(facts: Facts, name_of: NameOf, told: str) -> Standing:
    ticket = facts.ticket
    rows = (*_owner(ticket, name_of), *_opened(ticket))
    asked = _last_note(facts, "waiting_customer") or told
    headline = phrase("page.state.asks", name=name_of(ticket.owner))
    return Standing("asks", headline, phrase("page.detail.asks"), rows, asked)


def _solved(facts: Facts, name_of: NameOf, told: str) -> Standing:
    ticket = facts.ticket
    rows = (*_owner(ticket, name_of), *_ended(ticket), *_opened(ticket))
    note = _last_note(facts, "solved") or told
    return Standing("done", phrase("page.state.solved"), None, rows, note)


def _closed(facts: Facts, name_of: NameOf) -> Standing:
    ticket = facts.ticket
    solved = any(each.what == "solved" for each in facts.events)
    headline = phrase("page.state.solved" if solved else "page.state.closed")
    detail = phrase("page.detail.closed")
    if facts.onward:
        detail = phrase("page.detail.onward", number=facts.onward.number)
    rows = (*_owner(ticket, name_of), *_ended(ticket), *_opened(ticket))
    note = _last_note(facts, "solved")
    return Standing("over", headline, detail, rows, note)


def _owner(ticket: Ticket, name_of: NameOf) -> Rows:
    if not ticket.owner:
        return ()
    name = phrase("page.text", text=name_of(ticket.owner))
    return ((phrase("page.row.owner"), name),)


def _opened(ticket: Ticket) -> Rows:
    return ((phrase("page.row.opened"), phrase("page.at", at=ticket.opened_at)),)


def _ended(ticket: Ticket) -> Rows:
    if ticket.solved_at is None:
        return ()
    return ((phrase("page.row.solved"), phrase("page.at", at=ticket.solved_at)),)


def _last_note(facts: Facts, what: str) -> str:
    notes = (each.note for each in reversed(facts.events) if each.what == what)
    return shown_words(next(notes, ""))
