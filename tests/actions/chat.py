"""A chat with real reading, the real desk and the real phrases, on books in memory."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from typing import TypeVar, cast

from actions import ALL
from bot.phrases import load_phrases
from bot.turn.act import act
from bot.turn.form_reading import form_reading
from bot.turn.lead_back import led_back
from bot.turn.said_before import not_word_for_word
from bot.understanding.ports import Understander
from bot.understanding.reader import Reader, Reading
from desk.commands import Command, Outcome
from desk.conversations.commands import Greet, SayTo
from desk.conversations.incoming import Text
from desk.conversations.memory import recent
from desk.conversations.model import Conversation
from desk.conversations.outgoing import IssueCoupon, PassToPerson, SayInConversation
from desk.coupons.commands import SettleGrant
from desk.coupons.model import CouponPolicy
from desk.customers.model import Customer
from desk.front import Desk, Work
from desk.handbook import plain_handbook
from desk.insights.ports import InsightReader
from desk.kernel.ids import ConversationId, InboxId, derived
from desk.kernel.messages import Choice, Say
from desk.phrases.book import PhraseBook
from desk.reviews.ports import ReviewReader
from desk.shops.cache import MemoryCache
from desk.shops.floor import ShopFloor
from desk.shops.line import FloorSettings
from desk.shops.powers import CouponIssue, IssuedCoupon
from desk.store.codecs import CODEC
from desk.turns import Turn, Understanding
from tests.actions.goods import FULL, SORRY, STORES, tmall, youzan
from tests.actions.people import MIMI, chat_with
from tests.clocks import FrozenClock
from tests.fakes.books import FakeBooks
from tests.fakes.insights import FakeInsights
from tests.fakes.shops import MemberShop, MemoryShop
from tests.fakes.staff import FakeStaff

BOOK = PhraseBook(load_phrases())
C = TypeVar("C")


class TellingNlu:
    """Understands what the test says it understands."""

    def __init__(self) -> None:
        self.meant = Understanding("out_of_scope", 0.9, "nlu")

    async def understand(self, text: str) -> Understanding:
        """Understand one message."""
        del text
        return self.meant


@dataclass
class Chat:
    """One customer's chat. `heard` is all that the customer has read so far."""

    customer: Customer = MIMI
    clock: FrozenClock = field(default_factory=FrozenClock)
    youzan: MemberShop = field(default_factory=youzan)
    tmall: MemoryShop = field(default_factory=tmall)
    staff: FakeStaff = field(default_factory=FakeStaff)
    stores: tuple[object, ...] = STORES
    books: FakeBooks = field(default_factory=FakeBooks)
    nlu: TellingNlu = field(default_factory=TellingNlu)
    last: Outcome = field(default_factory=Outcome)
    heard: list[str] = field(default_factory=list)
    menu: tuple[Choice, ...] = ()
    reading: Reading = field(init=False)
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.books.customers.kept[self.customer.id] = self.customer
        conversation = chat_with(self.customer)
        self.books.conversations.kept[conversation.id] = conversation
        self._conversation = conversation.id
        self._rows = count()
        floor = FloorSettings(deadline=timedelta(seconds=30))
        self.desk = Desk(
            clock=self.clock,
            shops=ShopFloor((self.youzan, self.tmall), self.clock, MemoryCache(self.clock), floor),
            stores=STORES if self.stores else (),
            policies=(FULL, SORRY),
            staff=self.staff,
            conversations=self.books.conversations,
            customers=self.books.customers,
            tickets=self.books.tickets,
            grants=self.books.grants,
            insights=cast("InsightReader", FakeInsights()),
            reviews=cast("ReviewReader", self.books.reviews),
            ratings=self.books.ratings,
            aliases=self.books.aliases,
            wishes=self.books.wishes,
        )
        self._reader = Reader(cast("Understander", self.nlu), 0.5, 0.1)
        self._actions = {each.intent: each for each in ALL}

    def go_elsewhere(self) -> None:
        """The customer writes to another account, which is another conversation."""
        elsewhere = ConversationId(derived("elsewhere", len(self.books.conversations.kept)))
        self.books.conversations.kept[elsewhere] = replace(chat_with(self.customer), id=elsewhere)
        self._conversation = elsewhere

    def use_policies(self, *policies: CouponPolicy) -> None:
        """Give the merchant another coupon policy."""
        self.desk = replace(self.desk, policies=policies)

    async def says(self, text: str, intent: str = "out_of_scope", **slots: str) -> list[str]:
        """The customer writes; the NLU takes it for the intent. Returns what they read next."""
        entities: Mapping[str, tuple[str, ...]] = {name: (word,) for name, word in slots.items()}
        ranking = ((intent, 0.95), ("greet", 0.01))
        self.nlu.meant = Understanding(intent, 0.95, "nlu", entities, ranking)
        return await self._hear(Text(text))

    async def taps(self, label: str) -> list[str]:
        """The customer taps a line of the last menu."""
        choice = next(each for each in self.menu if self.text(Say(each.label)) == label)
        return await self._hear(Text(label, choice.id))

    async def sends(self, kind: str, **fields: str) -> list[str]:
        """The customer sends something that is no text."""
        seen = Understanding("media", 1.0, "media")
        return await self._turn("", Reading(seen, {**fields, "kind": kind}))

    @property
    def conversation(self) -> Conversation:
        """The conversation as it stands."""
        return self.books.conversations.kept[self._conversation]

    @property
    def said(self) -> list[Say]:
        """What the last outcome itself says, without what follows from its commands."""
        return [each for each in self.last.say if isinstance(each, Say)]

    @property
    def labels(self) -> list[str]:
        """The lines of the last menu."""
        return [self.text(Say(each.label)) for each in self.menu]

    @property
    def errands(self) -> list[object]:
        """What waits to be done outside."""
        bodies = [entry.body for entry in self.books.outbox.rows.values()]
        return [each for each in bodies if isinstance(each, IssueCoupon | PassToPerson)]

    def did(self, kind: type[C]) -> list[C]:
        """The commands of a kind in the last outcome."""
        return [each for each in self.last.do if isinstance(each, kind)]

    def text(self, say: Say) -> str:
        """A phrase as the customer reads it."""
        return BOOK.render(say.phrase, self.clock.now())

    async def coupons_arrive(self) -> list[str]:
        """The shop answers every coupon errand; returns what the customer reads of it."""
        done: list[Command] = [
            SettleGrant(errand.grant, IssuedCoupon(CouponIssue.ISSUED))
            for errand in self.errands
            if isinstance(errand, IssueCoupon)
        ]
        return await self._settle(Outcome(do=tuple(done)), InboxId(derived("errand")), None)

    async def staff_does(self, command: Command) -> None:
        """A member of staff does something."""
        seed = InboxId(derived("staff", len(self.books.outbox.rows)))
        await self._settle(Outcome(do=(command,)), seed, None)

    async def writes(self, text: str, *ranking: tuple[str, float], **slots: str) -> list[str]:
        """The customer writes; the NLU thinks of several intents. Returns what they read next."""
        entities: Mapping[str, tuple[str, ...]] = {name: (word,) for name, word in slots.items()}
        best = ranking[0] if ranking else ("out_of_scope", 0.1)
        self.nlu.meant = Understanding(best[0], best[1], "nlu", entities, ranking)
        return await self._hear(Text(text))

    async def happens(self, outcome: Outcome) -> None:
        """Something happens in the conversation that nobody said; its menu is what is shown."""
        seed = InboxId(derived("signal", len(self.books.outbox.rows)))
        await self._settle(outcome, seed, self.conversation)
        greeted = [each.say for each in outcome.do if isinstance(each, Greet)]
        self.menu = tuple(choice for each in greeted for choice in each.menu)

    async def _hear(self, text: Text) -> list[str]:
        dialogue = recent(self.conversation.dialogue, self.clock.now())
        reading = await self._reader.read(text, dialogue)
        if not text.menu_id:
            turn = self._as_turn(text.text, reading)
            reading = await form_reading(turn, reading, self.desk) or reading
        return await self._turn(text.text, reading)

    async def _turn(self, text: str, reading: Reading) -> list[str]:
        self.reading = reading
        turn = self._as_turn(text, reading)
        conversation, dialogue = turn.conversation, turn.conversation.dialogue
        answer = await act(turn, self.desk, self._actions)
        answer = not_word_for_word(dialogue, reading.meant, answer, turn.now)
        self.last = led_back(dialogue, answer, conversation.id)
        asked = [each.say for each in self.did(SayTo) if each.conversation == conversation.id]
        self.menu = tuple(choice for each in (*self.said, *asked) for choice in each.menu)
        return await self._settle(self.last, turn.inbox, conversation)

    def _as_turn(self, text: str, reading: Reading) -> Turn:
        conversation = self.conversation
        dialogue = recent(conversation.dialogue, self.clock.now())
        conversation = replace(conversation, dialogue=dialogue)
        return Turn(
            inbox=InboxId(derived("row", next(self._rows))),
            conversation=conversation,
            customer=self.books.customers.kept[self.customer.id],
            text=text,
            understanding=reading.meant,
            slots=reading.slots,
            focus=conversation.dialogue.focus,
            now=self.clock.now(),
            tries=reading.answers.tries if reading.answers else 0,
        )

    async def _settle(
        self, outcome: Outcome, cause: InboxId, conversation: Conversation | None
    ) -> list[str]:
        before = set(self.books.outbox.rows)
        work = Work(self.books.as_books, plain_handbook(self.staff, self.desk.policies), self.clock)
        await work.settle(outcome, conversation, cause)
        new = [row for key, row in self.books.outbox.rows.items() if key not in before]
        for kept in (*(row.body for row in new), self.conversation.dialogue):
            assert CODEC.decode(json.loads(json.dumps(CODEC.encode(kept)))) == kept
        sent = [self.text(row.body.say) for row in new if isinstance(row.body, SayInConversation)]
        read = [part for text in sent for part in text.split("\n\n")]
        self.heard.extend(read)
        return read
