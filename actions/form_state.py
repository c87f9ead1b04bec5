"""The form of a ticket in a conversation: what is answered, what is missing, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from desk.front import Desk
from desk.kernel.ids import CustomerId
from desk.templates.model import Field, FilledBy, Template
from desk.tickets.commands import OpenTicket
from desk.tickets.model import FieldValue, Ticket, TicketKind
from desk.turns import Turn

FORM = "form"
"""The intent of what answers a form."""

KIND, ORDER, LEFT, QUESTION = "form_kind", "form_order", "form_left", "form_question"
"""Slots of a form's question: which ticket, how many more may be asked, and its own words."""

CHOSEN = "form_chosen"
"""Slot of a line that was tapped or counted off: its label."""

_LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class Form:
    """A form; `number` is "" while its ticket is being opened, `skipped` what was not answered."""

    template: Template
    order_no: str
    answers: Mapping[str, FieldValue] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    number: str = ""

    @property
    def kind(self) -> TicketKind:
        """The kind of its ticket."""
        return self.template.kind

    @property
    def key(self) -> str:
        """What the conversation calls it."""
        return key_of(self.kind, self.order_no)

    @property
    def theirs(self) -> tuple[Field, ...]:
        """The fields that the customer fills."""
        return tuple(each for each in self.template.fields if each.filled_by is FilledBy.CUSTOMER)

    @property
    def missing(self) -> tuple[Field, ...]:
        """What the customer still has to be asked for."""
        return tuple(
            each
            for each in self.theirs
            if each.required
            and each.id not in self.answers
            and each.id not in self.skipped
            and self.template.applies(each.id, self.answers)
        )

    def answered(self, values: Mapping[str, FieldValue]) -> "Form":
        """The form with further answers."""
        return replace(self, answers={**self.answers, **values})

    def without(self, name: str) -> "Form":
        """The form with a field that is not asked for any more."""
        return replace(self, skipped=self.skipped | {name})


def key_of(kind: str, order_no: str) -> str:
    """What the conversation calls a form: by kind and order, as tickets are joined."""
    return f"{kind}|{order_no}"


def skipped_in(focus: Mapping[str, str], key: str) -> frozenset[str]:
    """What the customer did not answer of a form."""
    return frozenset(filter(None, focus.get(skipped_slot(key), "").split(",")))


def skipped_slot(key: str) -> str:
    """Where the conversation keeps what was not answered of a form."""
    return f"form_skipped.{key}"


async def form_to_open(turn: Turn, desk: Desk, asked: OpenTicket) -> Form | None:
    """The form of a ticket that is about to be opened or joined; None where it has none."""
    there = await unsolved_one(turn, desk, asked.kind, asked.order_no)
    if there is not None:
        return await form_of(there, turn.focus, desk)
    template = await desk.templates.in_force(asked.template or asked.kind.value, asked.store)
    if template is None:
        return None
    key = key_of(asked.kind, asked.order_no)
    return Form(template, asked.order_no, asked.fields, skipped_in(turn.focus, key))


async def form_of(ticket: Ticket, focus: Mapping[str, str], desk: Desk) -> Form | None:
    """The form of a ticket, in the version that it follows."""
    if not ticket.template:
        return None
    template = await desk.templates.version(ticket.template, ticket.template_version)
    if template is None:
        return None
    skipped = skipped_in(focus, key_of(ticket.kind, ticket.order_no))
    return Form(template, ticket.order_no, ticket.fields, skipped, ticket.number)


async def forms_of(turn: Turn, desk: Desk) -> tuple[Form, ...]:
    """The forms of all unsolved tickets of the customer, newest first."""
    return await open_forms(turn.customer.id, turn.focus, desk)


async def open_forms(
    customer: CustomerId, focus: Mapping[str, str], desk: Desk
) -> tuple[Form, ...]:
    """The forms of somebody's unsolved tickets, newest first."""
    tickets = await desk.tickets.of_customer(customer, _LOOKED_AT)
    open_ones = [each for each in tickets if not each.state.ended and not each.is_hidden]
    forms = [await form_of(each, focus, desk) for each in open_ones]
    return tuple(each for each in forms if each is not None)


async def unsolved_one(turn: Turn, desk: Desk, kind: str, order_no: str) -> Ticket | None:
    """The customer's unsolved ticket of a kind and order: what is said of these joins it.

    One that is about no order yet, or whose order was named since, is it where it is the only one.
    """
    tickets = await desk.tickets.of_customer(turn.customer.id, _LOOKED_AT)
    same = [each for each in tickets if each.kind == kind and not each.state.ended]
    exact = [each for each in same if each.order_no == order_no]
    others = [each for each in same if not order_no or not each.order_no]
    return exact[0] if exact else others[0] if len(others) == 1 else None


def is_about(slots: Mapping[str, str], form: Form) -> bool:
    """Whether a question is one of a form's; its order may have been named since."""
    if slots.get(KIND) != form.kind.value:
        return False
    return slots.get(ORDER, "") in ("", form.order_no)
