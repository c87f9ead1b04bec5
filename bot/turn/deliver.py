"""Deliver: rows of the outbox reach people and shops, each once, within what is allowed."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import structlog
from prometheus_client import Counter

from bot.pump import Pump
from bot.turn.coupons import issue_coupon
from bot.turn.holding import WITH_A_PERSON, holder
from bot.turn.pace import Pace
from bot.turn.ports import (
    EVERYBODY,
    CustomerChannel,
    Delivery,
    Doubtful,
    Later,
    Never,
    NoRoute,
    Sent,
    StaffChannel,
)
from bot.turn.render import Renderer
from bot.turn.settle import Settler
from bot.wakes import Wakes
from desk.books import Library
from desk.conversations.incoming import ChannelName
from desk.conversations.model import Conversation
from desk.conversations.outgoing import (
    Claimed,
    IssueCoupon,
    PassToPerson,
    SayInConversation,
    TellStaff,
    UpdateCard,
    Welcome,
)
from desk.kernel.clock import Clock
from desk.kernel.errors import Unavailable
from desk.kernel.ids import ConversationId, OutboxId, derived
from desk.kernel.messages import Card
from desk.shops.floor import ShopFloor
from desk.shops.powers import IssuedCoupon

log = structlog.get_logger()
DELIVERIES = Counter("zhanggui_deliveries_total", "Outbox rows tried", ["body", "end"])

CLAIM_FOR = timedelta(seconds=25)
REPLIES_PER_MESSAGE = 5
REPLY_WINDOW = timedelta(hours=48) - timedelta(minutes=1)
"""5 replies per customer message within 48 hours (WeCom doc 94677), with a minute to spare."""


class _Spent(Exception):
    """The budget does not reach; rolls back what was charged of it."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How one try ended, and what it brought besides."""

    delivery: Delivery
    coupon: IssuedCoupon | None = None


class DeliveryWorker:
    """Works the outbox."""

    def __init__(
        self,
        library: Library,
        customers: CustomerChannel,
        staff: StaffChannel,
        shops: ShopFloor,
        renderer: Renderer,
        settler: Settler,
        pace: Pace,
        wakes: Wakes,
        clock: Clock,
    ) -> None:
        self._library, self._customers, self._staff = library, customers, staff
        self._shops, self._renderer = shops, renderer
        self._settler, self._pace = settler, pace
        self._wakes, self._clock = wakes, clock

    def pump(self, room: int) -> Pump[Claimed]:
        """The loop that runs this worker, at most `room` rows side by side."""
        return Pump("outbox", self.fetch, self.work, self._wakes.outbox, room, poll=0.5)

    async def fetch(self, room: int) -> Sequence[Claimed]:
        """Claim up to `room` rows that are due."""
        now = self._clock.now()
        async with self._library.open() as books:
            return await books.outbox.claim(now, now + CLAIM_FOR, room)

    async def work(self, claimed: Claimed) -> bool:
        """Try one row once, and write down how it ended; True if there is more to deliver.

        A row that breaks something of ours counts as doubtful: it is given up in the end, instead
        of holding up its lane for ever.
        """
        try:
            tried = await self._try(claimed)
            return await self._settler.settle(claimed, tried.delivery, tried.coupon)
        except Unavailable:
            raise  # The database is away: the claim runs out, and nothing else is to be done.
        except Exception as error:
            log.exception("delivery.failed", attempts=claimed.attempts)
            broken = Doubtful(f"broken:{type(error).__name__}")
            return await self._settler.settle(claimed, broken, None)

    async def _try(self, claimed: Claimed) -> Tried:
        expires = claimed.entry.expires_at
        if expires is not None and self._clock.now() >= expires:
            tried = Tried(NoRoute("code"))
        else:
            tried = await self._deliver(claimed)
        DELIVERIES.labels(type(claimed.entry.body).__name__, type(tried.delivery).__name__).inc()
        return tried

    async def _deliver(self, claimed: Claimed) -> Tried:
        body = claimed.entry.body
        match body:
            case SayInConversation():
                return Tried(await self._say(claimed, body))
            case Welcome(code=code, say=say):
                text, menu = self._renderer.say(say)
                return Tried(
                    await self._customers.welcome(code, _msgid(claimed.entry.id, 0), text, menu)
                )
            case TellStaff():
                return Tried(await self._tell(claimed, body))
            case UpdateCard():
                return Tried(await self._update(body))
            case PassToPerson():
                return Tried(await self._pass(body))
            case IssueCoupon():
                issued = await issue_coupon(self._shops, body, doubtful=claimed.doubtful)
                return Tried(issued.delivery, issued.coupon)

    async def _say(self, claimed: Claimed, body: SayInConversation) -> Delivery:
        conversation = await self._conversation(body.conversation)
        if conversation is None:
            return Never("conversation_gone")
        if conversation.channel is ChannelName.APP:
            return await self._say_to_staff(claimed, conversation, body)
        if held := await self._held(conversation):
            return held
        text, menu = self._renderer.say(body.say)
        parts = self._renderer.parts(text)
        if not claimed.budgeted and not await self._charge(claimed, conversation, len(parts)):
            return NoRoute("budget")
        delivery: Delivery = Sent()
        for number, part in enumerate(parts):
            delivery = await self._customers.say(
                conversation.account,
                conversation.person,
                _msgid(claimed.entry.id, number),
                part,
                menu if number == len(parts) - 1 else (),
                doubtful=claimed.doubtful or claimed.attempts > 1,
            )
            if not isinstance(delivery, Sent):
                break
        return delivery

    async def _say_to_staff(
        self, claimed: Claimed, conversation: Conversation, body: SayInConversation
    ) -> Delivery:
        text, _ = self._renderer.say(body.say)
        stamped = self._renderer.stamped(text, claimed.entry.due_at)
        return await self._text(claimed, (conversation.person,), stamped)

    async def _held(self, conversation: Conversation) -> NoRoute | None:
        """While a person holds the session only that person may write (WeCom 95018)."""
        held = await holder(self._customers, conversation)
        if held is None or held[0] not in WITH_A_PERSON:
            return None
        return NoRoute("session", *held)

    async def _charge(self, claimed: Claimed, conversation: Conversation, parts: int) -> bool:
        """Charge all parts of a reply, or none."""
        since = self._clock.now() - REPLY_WINDOW
        with suppress(_Spent):
            async with self._library.open() as books:
                for _ in range(parts):
                    if not await books.conversations.charge(
                        conversation.id, REPLIES_PER_MESSAGE, since
                    ):
                        raise _Spent
                await books.outbox.budgeted(claimed.entry.id)
            return True
        return False

    async def _tell(self, claimed: Claimed, body: TellStaff) -> Delivery:
        to = body.to or (EVERYBODY,)
        if isinstance(body.reply, Card):
            if wait := await self._pace.wait(to, str(claimed.entry.id)):
                return Later("pace", wait, free=True)
            return await self._staff.card(to, self._renderer.card(body.reply))
        text, _ = self._renderer.say(body.reply)
        return await self._text(claimed, to, self._renderer.stamped(text, claimed.entry.due_at))

    async def _text(self, claimed: Claimed, to: Sequence[str], text: str) -> Delivery:
        delivery: Delivery = Sent()
        for number, part in enumerate(self._renderer.parts(text)):
            if wait := await self._pace.wait(to, f"{claimed.entry.id}:{number}"):
                return Later("pace", wait, free=True)
            delivery = await self._staff.text(to, part)
            if not isinstance(delivery, Sent):
                return delivery
        return delivery

    async def _update(self, body: UpdateCard) -> Delivery:
        async with self._library.step() as books:
            code = await books.cards.take_code(body.task, self._clock.now())
        if code is None:
            return NoRoute("no_card_code")
        delivery = await self._staff.close_card(code[0], code[1], self._renderer.text(body.replace))
        if isinstance(delivery, Later):
            async with self._library.step() as books:
                await books.cards.clicked(body.task, code[0], self._clock.now())
        return Never(delivery.reason) if isinstance(delivery, Doubtful) else delivery

    async def _pass(self, body: PassToPerson) -> Delivery:
        conversation = await self._conversation(body.conversation)
        if conversation is None:
            return Never("conversation_gone")
        return await self._customers.pass_to_person(
            conversation.account, conversation.person, body.preferred
        )

    async def _conversation(self, conversation: ConversationId) -> Conversation | None:
        async with self._library.step() as books:
            return await books.conversations.get(conversation)


def _msgid(entry: OutboxId, part: int) -> str:
    """The msgid of a part: 32 hex digits, the same however often it is sent."""
    return derived(entry, part).hex
