"""The cards that agents work a ticket with."""

import re
from collections.abc import Sequence
from dataclasses import replace

from desk.kernel.messages import Card, CardButton, Phrase, phrase
from desk.tickets.course import Way
from desk.tickets.form import FormShown
from desk.tickets.model import Ticket, TicketState
from desk.tickets.news import news

Rows = tuple[tuple[Phrase, Phrase], ...]

_ROWS = 6
BUTTONS = 6
"""As many as a card may have (WeCom doc 90236)."""


def ticket_card(ticket: Ticket, nickname: str) -> Card:
    """Offer a new ticket to those who may take it."""
    return Card(
        task=ticket_task(ticket),
        title=_title(ticket),
        subtitle=phrase("ticket.card.new", number=ticket.number, summary=ticket.summary),
        rows=_rows(ticket, nickname),
        buttons=(
            CardButton(f"ticket take {ticket.number}", phrase("ticket.button.take")),
            CardButton(f"ticket done {ticket.number}", phrase("ticket.button.done"), style=2),
        ),
    )


def owner_card(
    ticket: Ticket,
    nickname: str,
    added: str = "",
    ways: Sequence[Way] = (),
    form: FormShown | None = None,
) -> Card:
    """Give the one who took a ticket what to go on with; what was added last stands first.

    `ways` lead on from the step where it stands.
    """
    note = news(added, ticket.summary)
    return Card(
        task=owner_task(ticket),
        title=_title(ticket),
        subtitle=phrase(
            "ticket.card.yours",
            number=ticket.number,
            added=phrase("ticket.card.added", note=note) if note else "",
            summary=ticket.summary,
        ),
        rows=_with_form(_rows(ticket, nickname), form or FormShown()),
        buttons=_to_work_with(ticket, ways),
    )


def step_card(ticket: Ticket, nickname: str, ways: Sequence[Way], nth: int, step: str) -> Card:
    """Give the owner what to go on with in the `nth` step that the ticket came to."""
    at = phrase("ticket.card.stepped", number=ticket.number, step=step, summary=ticket.summary)
    usual = owner_card(ticket, nickname, "", ways)
    return replace(usual, task=step_task(ticket, nth), subtitle=at)


def step_task(ticket: Ticket, nth: int) -> str:
    """Name the card of the `nth` step that a ticket came to."""
    return f"ticket-{ticket.number}-step-{nth}"


def ticket_task(ticket: Ticket) -> str:
    """Name the card that offers a ticket."""
    return f"ticket-{ticket.number}"


def owner_task(ticket: Ticket) -> str:
    """Name the card of the one who took a ticket; another one each time they take it.

    WeCom refuses the name of a card that went out before (42014).
    """
    # A userid may hold dots, a task may not (WeCom doc 90236).
    owner = re.sub("[^0-9A-Za-z_@-]", "@", ticket.owner)
    again = ticket.hands if ticket.hands > 1 else ""
    return f"ticket-{ticket.number}-owner{again}-{owner}"


def kind_phrase(ticket: Ticket) -> Phrase:
    """What customers and agents call the kind."""
    return Phrase(f"ticket.kind.{ticket.kind}")


def priority_phrase(ticket: Ticket) -> Phrase:
    """How much it hurries, in a word."""
    return Phrase(f"ticket.priority.{ticket.priority}")


def called(nickname: str) -> str | Phrase:
    """What to call a customer whose nickname may not be known yet."""
    return nickname or phrase("customer.unnamed")


def row(name: str, value: str | Phrase) -> tuple[Phrase, Phrase]:
    """One row of a card: its name from the phrases, its value as it is."""
    text = value if isinstance(value, Phrase) else phrase("card.text", text=value)
    return Phrase(f"card.row.{name}"), text


def _to_work_with(ticket: Ticket, ways: Sequence[Way]) -> tuple[CardButton, ...]:
    """The next steps, as many as there is room for, and what can always be done.

    完成 stands for the way to the end; where there are several ends, all ways are a tap away.
    """
    always = ("done", "note", "give", "talk")
    room = BUTTONS - len(always)
    on = [each for each in ways if each.to.state is not TicketState.SOLVED]
    fit = len(on) <= room and len(ways) - len(on) <= 1
    shown = on if fit else on[: room - 1]
    steps = [(f"step {each.to.id}", phrase("card.text", text=each.label)) for each in shown]
    if not fit:
        steps.append(("step", phrase("ticket.button.steps")))
    rest = [(verb, Phrase(f"ticket.button.{verb}")) for verb in always]
    return tuple(
        CardButton(_line(verb, ticket), label, style=1 if at == 0 else 2)
        for at, (verb, label) in enumerate((*steps, *rest))
    )


def _line(verb: str, ticket: Ticket) -> str:
    """A button's command: the number comes after the verb, before what is said of it."""
    first, *then = verb.split(" ")
    return " ".join(("ticket", first, ticket.number, *then))


def _with_form(rows: Rows, form: FormShown) -> Rows:
    """The rows, and what there is room for of the form: answers, the last of them what is missing.

    Where there are more answers than room, those that are left share a row.
    """
    missing = (row("missing", "、".join(form.missing)),) if form.missing else ()
    room = _ROWS - len(rows) - len(missing)
    fits = len(form.answers) <= room
    shown = form.answers if fits else form.answers[: room - 1]
    rest = form.answers[len(shown) :]
    answers = tuple(
        (phrase("card.text", text=label), phrase("card.text", text=value)) for label, value in shown
    )
    others = "；".join(f"{label}：{value}" for label, value in rest)
    more = (row("filled", others),) if rest else ()
    return (*rows, *answers, *more, *missing)


def _title(ticket: Ticket) -> Phrase:
    return phrase("ticket.card.title", kind=kind_phrase(ticket), priority=priority_phrase(ticket))


def _rows(ticket: Ticket, nickname: str) -> Rows:
    customer = (row("customer", called(nickname)),) if ticket.customer else ()
    order = (row("order", ticket.order_no),) if ticket.order_no else ()
    return (
        *customer,
        *order,
        row("due", phrase("card.time", at=ticket.due_at)),
    )
