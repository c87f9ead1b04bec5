"""What rules may do: a closed list, each with what it needs."""

import re
from dataclasses import dataclass

from desk.tickets.model import Priority, TicketKind

BLANKS = {
    "number": "工单号",
    "order": "订单号",
    "customer": "顾客的昵称",
    "history": "以前的风险评估、投诉和退款次数",
    "words": "说中的关键词",
}
"""What may stand in braces in a text."""
_BLANK = re.compile(r"\{(\w+)\}")
_LOOKED_AT = {
    "number": "ticket.number",
    "order": "ticket.number",
    "customer": "customer.name",
    "history": "customer.risks",
}
_TICKET = frozenset({"ticket.number"})


def blanks(text: str) -> tuple[str, ...]:
    """The names in braces of a text."""
    return tuple(_BLANK.findall(text))


def _needs(text: str) -> frozenset[str]:
    return frozenset(_LOOKED_AT[each] for each in blanks(text) if each in _LOOKED_AT)


@dataclass(frozen=True, slots=True)
class OpenOne:
    """Open a ticket, or join the customer's open one; `quiet`: the customer hears nothing.

    `template` is the id of the one that it follows, "" for that of the kind.
    """

    kind: TicketKind
    priority: Priority
    summary: str
    skill: str = ""
    quiet: bool = False
    template: str = ""

    @property
    def needs(self) -> frozenset[str]:
        """The names that its text looks at."""
        return _needs(self.summary)


@dataclass(frozen=True, slots=True)
class Prioritise:
    """Give the ticket a priority."""

    priority: Priority
    needs: frozenset[str] = _TICKET


@dataclass(frozen=True, slots=True)
class Label:
    """Put tags on the ticket, or take them off."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    needs: frozenset[str] = _TICKET


@dataclass(frozen=True, slots=True)
class Send:
    """Route the ticket to those with a skill, or to a store; "" leaves that as it is."""

    skill: str = ""
    store: str = ""
    needs: frozenset[str] = _TICKET


@dataclass(frozen=True, slots=True)
class Inform:
    """Tell staff; `to` are recipients of ladders, or userids after an @."""

    to: tuple[str, ...]
    text: str

    @property
    def needs(self) -> frozenset[str]:
        """The names that its text looks at."""
        return _needs(self.text)


@dataclass(frozen=True, slots=True)
class Answer:
    """Say something to the customer."""

    text: str

    @property
    def needs(self) -> frozenset[str]:
        """The names that its text looks at."""
        return _needs(self.text)


@dataclass(frozen=True, slots=True)
class Attend:
    """Let people watch the ticket; `who` as in `Inform`."""

    who: tuple[str, ...]
    needs: frozenset[str] = _TICKET


@dataclass(frozen=True, slots=True)
class PassOn:
    """Give the customer to a person."""

    reason: str
    skill: str = ""
    urgent: bool = False
    needs: frozenset[str] = frozenset()


Action = Answer | Attend | Inform | Label | OpenOne | PassOn | Prioritise | Send

OF_TICKETS = (Attend, Label, Prioritise, Send)
"""What can only be done where there is a ticket."""
