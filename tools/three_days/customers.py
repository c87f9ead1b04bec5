"""Customers: they open, add, answer what they are asked, and say 没解决."""

from desk.commands import Command
from desk.kernel.ids import ConversationId, CustomerId
from desk.kernel.messages import Phrase
from desk.tickets.commands import OpenTicket, ReopenTicket, ResumeTicket
from desk.tickets.model import Priority, TicketKind, TicketState
from tools.three_days.cases import Case
from tools.three_days.play import Stage

_MORE_URGENT = {Priority.NORMAL: Priority.HIGH, Priority.HIGH: Priority.URGENT}


class Customer:
    """One customer with one matter."""

    def __init__(self, stage: Stage, case: Case) -> None:
        self._stage, self._case, self._desk = stage, case, stage.desk
        self._insisted = False

    def comes(self) -> None:
        """They will write when their time has come."""
        self._stage.at(self._case.at, f"{self._case.person} writes", self._opens)

    def hears(self, said: Phrase) -> None:
        """They read something about their ticket."""
        number, case = str(said.params.get("number", "")), self._case
        if said.key == "ticket.asks" and case.answers_after is not None:
            name = f"{case.person} answers {self._desk.acts}"
            self._stage.after(case.answers_after, name, lambda: self._answers(number))
        elif said.key.startswith("ticket.solved") and case.insists and not self._insisted:
            self._insisted = True
            minutes = self._stage.dice(case.person, "insists").uniform(5, 90)
            self._stage.after(minutes, f"{case.person} insists", lambda: self._insists(number))

    async def _opens(self) -> None:
        await self._says(self._case.summary, self._case.priority)
        if self._case.adds_after is not None:
            self._stage.after(self._case.adds_after, f"{self._case.person} adds", self._adds)

    async def _adds(self) -> None:
        found = await self._desk.library.customers.by_external_userid(self._case.person)
        tickets = await self._desk.library.tickets.of_customer(found.id, 1) if found else ()
        state = tickets[0].state if tickets else TicketState.SOLVED
        if state in (TicketState.OPEN, TicketState.TAKEN, TicketState.WAITING_INSIDE):
            usual = self._case.priority
            priority = _MORE_URGENT.get(usual, usual) if self._case.pressing else usual
            await self._says(f"{self._case.summary}，怎么还没有消息", priority)

    async def _answers(self, number: str) -> None:
        ticket = await self._desk.library.tickets.by_number(number)
        if ticket and ticket.state is TicketState.WAITING_CUSTOMER:
            words = "发您了"
            answer = ResumeTicket(number, "customer", words)
            await self._desk.customer(self._case.person, words, lambda *_: answer)

    async def _insists(self, number: str) -> None:
        words = "没解决"
        again = ReopenTicket(number, "customer", words)
        await self._desk.customer(self._case.person, words, lambda *_: again)

    async def _says(self, words: str, priority: Priority) -> None:
        kind: TicketKind = self._case.kind

        def opens(customer: CustomerId, talk: ConversationId) -> Command:
            return OpenTicket(kind, priority, words, customer, talk, "", self._case.order_no)

        await self._desk.customer(self._case.person, words, opens)
