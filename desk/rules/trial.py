"""A dry run: which conditions of a rule hold and what it would do, without doing it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.conversations.commands import HandOver, SayTo, Tell
from desk.customers.ports import CustomerReader
from desk.kernel.ids import TicketId, derived
from desk.kernel.messages import Say
from desk.rules.book import RuleBook, is_keyed
from desk.rules.doing import RuleCommand, Scene, step
from desk.rules.engine import once_subject
from desk.rules.facts import look_up
from desk.rules.happened import keys_of
from desk.rules.happenings import Happening
from desk.rules.model import Rule
from desk.rules.ports import RuleReader
from desk.rules.runs import Did
from desk.shops.book import OrderBook
from desk.staff.directory import StaffDirectory
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, Ticket, TicketState
from desk.tickets.ports import TicketReader

_LAST = 20
_ANY_WORD = ("…",)


class Asked(StrEnum):
    """What is looked at; names in phrases as rule.asked.<value>."""

    ONLY = "only"
    WORDS = "words"
    WHEN = "when"
    ONCE = "once"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that has to hold; `holds` None where that cannot be told.

    `wants` are the values that a key may have; of words, what was said.
    """

    asked: Asked
    about: str
    holds: bool | None
    until: datetime | None = None
    wants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """One thing that would be done; `text` is what would be said or told."""

    did: Did
    text: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it; `steps` are what would be done if everything held."""

    rule: Rule
    checks: tuple[Check, ...]
    steps: tuple[Planned, ...]

    @property
    def would_run(self) -> bool:
        """Whether everything holds."""
        return all(each.holds for each in self.checks)


@dataclass(frozen=True, slots=True)
class Readers:
    """Where facts are looked up without writing anything."""

    customers: CustomerReader
    tickets: TicketReader
    orders: OrderBook
    rules: RuleReader


async def try_out(
    rule: Rule, at: Happening, readers: Readers, staff: StaffDirectory, now: datetime
) -> Trial:
    """Ask one rule about a happening as if it were happening now."""
    keys = await keys_of(at, frozenset(rule.only), readers.customers)
    known = await look_up(at, rule.needs, readers, staff, now)
    checks = [
        Check(
            Asked.ONLY,
            key,
            is_keyed(Rule(rule.id, rule.on, (), {key: values}), keys),
            wants=tuple(sorted(values)),
        )
        for key, values in rule.only.items()
    ]
    found: list[str] = []
    if rule.words:
        alone = RuleBook([Rule(rule.id, (at.on,), (), {}, rule.words, rule.but_not)])
        found = [word for fit in alone.fitting(at.on, {}, at.text) for word in fit.words]
        said = (at.text,) if at.text else ()
        checks.append(Check(Asked.WORDS, "、".join(found), bool(found), wants=said))
    if rule.when:
        checks += [
            Check(Asked.WHEN, each.text, each.judge(known.facts)) for each in rule.when.parts()
        ]
    if rule.once:
        until = await readers.rules.claimed_until(rule.id, once_subject(rule.once, known))
        free = until is None or until <= now
        checks.append(Check(Asked.ONCE, rule.once.per, free, None if free else until))
    theirs = await _open_ones(at, readers)
    scene = Scene(rule, known, staff, known.ticket, tuple(found) or _ANY_WORD)
    return Trial(rule, tuple(checks), tuple(_steps(scene, theirs, now)))


async def _open_ones(at: Happening, readers: Readers) -> tuple[Ticket, ...]:
    if at.customer is None:
        return ()
    theirs = await readers.tickets.of_customer(at.customer, _LAST)
    return tuple(each for each in theirs if not each.state.ended)


def _steps(scene: Scene, theirs: tuple[Ticket, ...], now: datetime) -> Iterator[Planned]:
    passed_on = False
    for action in scene.rule.then:
        planned = step(action, scene)
        did = planned.did
        if isinstance(planned.command, HandOver):
            did, passed_on = (Did("held") if passed_on else did), True
        if isinstance(planned.command, OpenTicket):
            ticket = _joined(planned.command, theirs) or _imagined(planned.command, now)
            scene = scene.with_ticket(ticket)
            did = Did(did.what, ticket.number)
        yield Planned(did, _text(planned.command))


def _joined(asked: OpenTicket, theirs: tuple[Ticket, ...]) -> Ticket | None:
    fitting = (
        each for each in theirs if (each.kind, each.order_no) == (asked.kind, asked.order_no)
    )
    return next(fitting, None)


def _imagined(asked: OpenTicket, now: datetime) -> Ticket:
    """The ticket that would be opened, so that what follows can speak of it."""
    return Ticket(
        id=TicketId(derived("imagined")),
        number="（新工单）",
        kind=asked.kind,
        priority=asked.priority or Priority.NORMAL,
        state=TicketState.OPEN,
        customer=asked.customer,
        conversation=asked.conversation,
        source=None,
        shop=asked.shop,
        order_no=asked.order_no,
        summary=asked.summary,
        owner="",
        opened_at=now,
        taken_at=None,
        solved_at=None,
        due_at=now,
        version=1,
    )


def _text(command: RuleCommand | None) -> str:
    match command:
        case Tell(reply=Say(phrase)) | SayTo(say=Say(phrase)):
            return str(phrase.params.get("text", ""))
        case OpenTicket(summary=summary):
            return summary
        case _:
            return ""
