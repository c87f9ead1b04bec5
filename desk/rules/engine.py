"""Asks the rules about what happened and carries out what they say, in the same transaction."""

import logging
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta
from typing import Any, Protocol

from desk.conversations.commands import HandOver, Tell
from desk.conversations.tray import OutTray
from desk.customers.ports import CustomerReader
from desk.kernel.errors import DeskError, Unavailable
from desk.kernel.messages import Say, phrase
from desk.kernel.roles import Role
from desk.rules.book import NO_RULES, Fit, RuleBook
from desk.rules.doing import RuleCommand, Scene, Step, step
from desk.rules.facts import Known, look_up
from desk.rules.happened import happening_of, keys_of
from desk.rules.happenings import Happening
from desk.rules.model import Once, Per
from desk.rules.ports import RuleStore
from desk.rules.runs import Did, End, RuleRun
from desk.rules.templates import TemplateRules
from desk.shops.book import OrderBook
from desk.staff.audience import audience
from desk.staff.directory import StaffDirectory
from desk.templates.ports import TemplateReader
from desk.tickets.events import TicketJoined, TicketOpened, TicketRaised
from desk.tickets.ports import TicketReader
from desk.tickets.sorting.events import (
    TicketPrioritised,
    TicketRouted,
    TicketTagged,
    TicketWatched,
)

log = logging.getLogger("desk")

MOST_IN_A_ROW = 3
"""How many rules may follow from each other: what two of them do to each other ends here."""
MOST_AT_ONCE = 20
"""How many rules may run in one piece of work."""
_TOLD_AGAIN = timedelta(days=1)
_OPENED = TicketOpened | TicketJoined | TicketRaised
_SORTED = TicketPrioritised | TicketRouted | TicketTagged | TicketWatched

Do = Callable[[RuleCommand, int, RuleRun | None], Coroutine[Any, Any, tuple[object, ...]]]
"""Carries out a command and what follows from it; gives back what happened by itself."""


class RuleBooks(Protocol):
    """What rules need of the open books."""

    @property
    def customers(self) -> CustomerReader: ...
    @property
    def tickets(self) -> TicketReader: ...
    @property
    def orders(self) -> OrderBook: ...
    @property
    def rules(self) -> RuleStore: ...
    @property
    def templates(self) -> TemplateReader: ...

    def attempt(self) -> AbstractAsyncContextManager[None]:
        """Undo what is done inside where it ends in an error; the rest stays."""


class Engine:
    """The rules' side of one piece of work; an error in a rule leaves the work as without it."""

    def __init__(
        self,
        book: RuleBook,
        of_templates: TemplateRules,
        books: RuleBooks,
        staff: StaffDirectory,
        tray: OutTray,
        do: Do,
    ) -> None:
        self._book, self._of_templates, self._books = book, of_templates, books
        self._staff, self._tray, self._do = staff, tray, do
        self._ran = 0

    async def after(self, event: object, depth: int, by: RuleRun | None) -> None:
        """Ask about an event; `depth` is that of what follows, `by` the run that it came of.

        Raises:
            Unavailable: the database does not answer.
        """
        at = happening_of(event)
        fits = await self._fitting(at) if at else ()
        if at is None or not fits:
            return
        needs = frozenset().union(*(each.rule.needs for each in fits))
        known = await look_up(at, needs, self._books, self._staff, self._tray.now)
        judged = [(each, _holds(each, known)) for each in fits]
        for fit, holds in judged:
            if by is not None and by.rule == fit.rule.id:
                continue  # It is not asked about what it did itself.
            if holds:
                await self._run(fit, known, depth, by)
            elif holds is None and fit.rule.when and known.has(fit.rule.when.needs):
                await self._books.rules.begin(self._note(fit, at, End.UNTOLD, by))

    async def _fitting(self, at: Happening) -> tuple[Fit, ...]:
        """The rules that fit, those of the ticket's template last."""
        fits: list[Fit] = []
        for book in (self._book, await self._of_template(at)):
            if book.hears(at.on):
                keys = await keys_of(at, book.keys(at.on), self._books.customers)
                fits += book.fitting(at.on, keys, at.text)
        return tuple(fits)

    async def _of_template(self, at: Happening) -> RuleBook:
        if at.ticket is None or not at.ticket.template:
            return NO_RULES
        name, version = at.ticket.template, at.ticket.template_version
        known = self._of_templates.known(name, version)
        if known is not None:
            return known
        template = await self._books.templates.version(name, version)
        return self._of_templates.compiled(template) if template else NO_RULES

    async def _run(self, fit: Fit, known: Known, depth: int, by: RuleRun | None) -> None:
        run = self._note(fit, known.happening, End.DONE, by)
        too_many = End.DEPTH if run.chain > MOST_IN_A_ROW else End.CROWD
        if run.chain > MOST_IN_A_ROW or self._ran >= MOST_AT_ONCE:
            await self._stopped(replace(run, end=too_many), fit)
            return
        try:
            async with self._books.attempt():
                with self._tray.attempt():
                    await self._carry_out(run, fit, known, depth)
        except Unavailable:
            raise
        except DeskError as error:
            await self._stopped(replace(run, end=End.FAILED, note=error.code), fit)

    async def _carry_out(self, run: RuleRun, fit: Fit, known: Known, depth: int) -> None:
        store, now = self._books.rules, self._tray.now
        if not await store.begin(run):
            return  # The same work was done before.
        if once := fit.rule.once:
            subject = once_subject(once, known)
            if not await store.claim(run.rule, subject, now, now + once.within):
                await store.keep(replace(run, end=End.ONCE))
                return
        self._ran += 1
        did: list[Did] = [Did("words", "、".join(fit.words))] if fit.words else []
        scene = Scene(fit.rule, known, self._staff, known.ticket, fit.words)
        for action in fit.rule.then:
            planned = self._unless_passed_on(step(action, scene))
            did.append(planned.did)
            if planned.command is None:
                continue
            for event in await self._do(planned.command, depth, run):
                if isinstance(event, _OPENED):
                    did[-1] = replace(planned.did, about=event.ticket.number)
                if isinstance(event, _OPENED | _SORTED):
                    scene = scene.with_ticket(event.ticket)
        subject = run.subject or (scene.ticket.number if scene.ticket else "")
        await store.keep(replace(run, did=tuple(did), subject=subject))
        log.info("rule.ran", extra={"rule": run.rule, "number": subject})

    def _unless_passed_on(self, planned: Step) -> Step:
        """Nobody is handed over twice in one piece of work, whoever did it first."""
        asked = planned.command
        if isinstance(asked, HandOver) and self._tray.passes_on(asked.conversation):
            return Step(Did("held"))
        return planned

    async def _stopped(self, run: RuleRun, fit: Fit) -> None:
        """Write down that a rule could not run; the supervisors hear of it once a day."""
        if not await self._books.rules.begin(run):
            return
        log.warning(
            "rule.stopped", extra={"rule": run.rule, "why": run.end.value, "note": run.note}
        )
        now = self._tray.now
        if await self._books.rules.claim(f"!{run.rule}", run.end, now, now + _TOLD_AGAIN):
            told = phrase(f"rule.stopped.{run.end}", rule=fit.rule.called, id=run.rule)
            to = audience(self._staff, least=Role.SUPERVISOR)
            await self._do(Tell(Say(told), to), 0, run)

    def _note(self, fit: Fit, at: Happening, end: End, by: RuleRun | None) -> RuleRun:
        return RuleRun(
            id=self._tray.derive(f"rule:{fit.rule.id}"),
            rule=fit.rule.id,
            on=at.on,
            at=self._tray.now,
            subject=at.subject,
            customer=at.customer,
            end=end,
            chain=by.chain + 1 if by else 1,
            by=by.id if by else None,
        )


def _holds(fit: Fit, known: Known) -> bool | None:
    return fit.rule.when.judge(known.facts) if fit.rule.when else True


def once_subject(once: Once, known: Known) -> str:
    """For whom a window of a rule counts here: who is unknown shares one with all unknown."""
    at = known.happening
    match once.per:
        case Per.CUSTOMER:
            return str(at.customer or at.subject)
        case Per.TICKET:
            return known.ticket.number if known.ticket else at.subject
        case Per.ORDER:
            return f"{at.shop}:{at.order_no}"
        case Per.HOUSE:
            return ""
