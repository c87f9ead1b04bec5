"""A customer's conversation in the database, and work done for it under a book of rules."""

from dataclasses import dataclass, replace
from datetime import timedelta

from desk.commands import Command, Outcome
from desk.conversations.model import Conversation, InboxRow
from desk.conversations.outgoing import SayInConversation, TellStaff
from desk.front import Work
from desk.handbook import plain_handbook
from desk.kernel.ids import CustomerId
from desk.kernel.messages import Phrase, Say
from desk.rules.book import RuleBook
from desk.rules.commands import Notice
from desk.rules.happenings import Happening, On
from desk.rules.runs import End
from desk.rules.templates import NoTemplateRules, TemplateRules
from desk.store.database import Database
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, Ticket, TicketKind
from tests.clocks import FrozenClock
from tests.fakes.staff import FakeStaff


@dataclass
class Shop:
    """A customer's conversation, and work done for it under a book of rules."""

    library: Database
    clock: FrozenClock
    conversation: Conversation
    customer: CustomerId
    row: InboxRow

    async def do(
        self,
        book: RuleBook,
        *commands: Command,
        cause: str = "first",
        of_templates: TemplateRules | None = None,
    ) -> None:
        """Settle an outcome in a transaction of its own, as commit does."""
        compiled = of_templates or NoTemplateRules()
        handbook = replace(plain_handbook(FakeStaff()), rules=book, template_rules=compiled)
        async with self.library.open() as books:
            work = Work(books, handbook, self.clock)
            await work.settle(Outcome(do=commands), self.conversation, self.row.id, cause)

    def says(self, words: str) -> Notice:
        """What the rules are told of a message."""
        return Notice(Happening(On.MESSAGE, self.customer, self.conversation.id, text=words))

    def opens(self, kind: TicketKind = TicketKind.RETURN) -> OpenTicket:
        """A ticket of the customer's."""
        return OpenTicket(kind, Priority.NORMAL, "要退货", self.customer, self.conversation.id)

    async def tickets(self) -> tuple[Ticket, ...]:
        """The customer's tickets, newest first."""
        return await self.library.tickets.of_customer(self.customer, 50)

    async def ends(self, rule: str) -> list[End]:
        """How a rule's runs ended, the oldest first."""
        return [each.end for each in await self.library.rules.of_rule(rule, 50)][::-1]

    async def told(self) -> list[tuple[tuple[str, ...] | None, Phrase]]:
        """What would go out in words: to staff, or (None) to the customer."""
        async with self.library.open() as books:
            until = self.clock.now() + timedelta(minutes=1)
            entries = []
            while claimed := await books.outbox.claim(self.clock.now(), until, 50):
                for each in claimed:
                    await books.outbox.sent(each.entry.id, {}, self.clock.now())
                    entries.append(each.entry.body)
        heard: list[tuple[tuple[str, ...] | None, Phrase]] = []
        for body in entries:
            match body:
                case TellStaff(to, Say(phrase)):
                    heard.append((to, phrase))
                case SayInConversation(_, Say(phrase)):
                    heard.append((None, phrase))
        return heard
