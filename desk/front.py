"""The desk's counter: Desk is what may be asked, Work is what commit may do."""

from dataclasses import dataclass, field

from desk.aliases.ports import AliasReader, NothingTaught
from desk.assignment.ports import AssignmentReader, NothingDecided
from desk.books import Books
from desk.commands import Outcome
from desk.consulting.model import FaqEntry
from desk.consulting.port import Consultant, NoConsultant
from desk.conversations.commands import EraseMessage, Greet, NoteSession
from desk.conversations.memory import fold
from desk.conversations.model import Conversation
from desk.conversations.ports import ConversationReader
from desk.conversations.tray import OutTray
from desk.coupons.model import CouponPolicy
from desk.coupons.ports import GrantReader
from desk.customers.commands import RecordView
from desk.customers.ports import CustomerReader
from desk.customers.timeline import NothingKnown, TimelineReader
from desk.handbook import Handbook
from desk.hands import Hands
from desk.insights.ports import InsightReader
from desk.kernel.clock import Clock
from desk.kernel.ids import InboxId
from desk.leaders.ports import LeaderReader, NobodyLeads
from desk.parcels.ports import NoParcels, ParcelReader
from desk.ratings.ports import RatingReader
from desk.reviews.ports import ReviewReader
from desk.routing.model import Routing
from desk.routing.ports import NothingPlaced, PlacementReader
from desk.rules.book import NO_RULES, RuleBook
from desk.rules.commands import Notice
from desk.rules.ports import NoRuns, RuleReader
from desk.shops.book import EmptyBook, OrderBook
from desk.shops.floor import ShopFloor
from desk.shops.price_rules import PriceRules
from desk.shops.stores import Store
from desk.shops.trackers import Trackers
from desk.staff.directory import StaffDirectory
from desk.sync.ports import CallCounter, NeverSynced, SyncReader, UncountedCalls
from desk.templates.ports import Drafts, NoDrafts, NoTemplates, TemplateReader
from desk.tickets.answering.commands import AnswerInSession
from desk.tickets.ports import TicketReader
from desk.tickets.relations import KinReader, NoKin
from desk.wishes.ports import NobodyWaits, WishReader

Seen = AnswerInSession | EraseMessage | Greet | NoteSession | Notice | RecordView
"""What only takes note of a signal; an outcome of these alone answers nobody."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What may be asked. Nothing here can write."""

    clock: Clock
    shops: ShopFloor
    stores: tuple[Store, ...]
    policies: tuple[CouponPolicy, ...]
    staff: StaffDirectory
    conversations: ConversationReader
    customers: CustomerReader
    tickets: TicketReader
    grants: GrantReader
    insights: InsightReader
    reviews: ReviewReader
    ratings: RatingReader
    faq: tuple[FaqEntry, ...] = ()
    consultant: Consultant = field(default_factory=NoConsultant)
    aliases: AliasReader = field(default_factory=NothingTaught)
    assignments: AssignmentReader = field(default_factory=NothingDecided)
    templates: TemplateReader = field(default_factory=NoTemplates)
    drafts: Drafts = field(default_factory=NoDrafts)
    timeline: TimelineReader = field(default_factory=NothingKnown)
    book: OrderBook = field(default_factory=EmptyBook)
    sync: SyncReader = field(default_factory=NeverSynced)
    calls: CallCounter = field(default_factory=UncountedCalls)
    kin: KinReader = field(default_factory=NoKin)
    wishes: WishReader = field(default_factory=NobodyWaits)
    price_rules: PriceRules = field(default_factory=PriceRules)
    parcels: ParcelReader = field(default_factory=NoParcels)
    rules: RuleReader = field(default_factory=NoRuns)
    rulebook: RuleBook = NO_RULES
    trackers: Trackers | None = None
    has_pages: bool = False
    """Whether customers' browsers can reach the house."""
    routing: Routing = field(default_factory=Routing)
    placements: PlacementReader = field(default_factory=NothingPlaced)
    leaders: LeaderReader = field(default_factory=NobodyLeads)


class Work:
    """What commit may do: carries out an Outcome in the open books."""

    def __init__(
        self,
        books: Books,
        handbook: Handbook,
        clock: Clock,
    ) -> None:
        self._books, self._handbook, self._clock = books, handbook, clock

    async def settle(
        self,
        outcome: Outcome,
        conversation: Conversation | None,
        cause: InboxId | None,
        seed: str = "",
    ) -> None:
        """Say and do everything of an outcome.

        `conversation` is the one that the outcome answers in. All ids come from `cause` and
        `seed` (give at least one), so that doing it again writes the same rows.

        Raises:
            DeskError: the outcome cannot be carried out; nothing of it may be kept.
        """
        tray = OutTray(cause, seed, self._clock.now())
        if conversation is not None:
            answered = bool(outcome.say) or not all(isinstance(each, Seen) for each in outcome.do)
            dialogue = fold(conversation.dialogue, outcome.do, tray.now, answered=answered)
            await self._books.conversations.remember(conversation.id, dialogue)
        hands = Hands(self._books, self._handbook, tray, conversation)
        for reply in outcome.say:
            hands.reply(reply)
        for command in outcome.do:
            await hands.do(command)
        await self._books.outbox.put(tray.entries(), tray.now)
