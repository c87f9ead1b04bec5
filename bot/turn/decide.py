"""Decide: from a stored message to what shall be said and done. Reads only."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.turn.act import act
from bot.turn.bursts import Burst, said_in
from bot.turn.holding import WITH_A_PERSON, holder
from bot.turn.lead_back import led_back
from bot.turn.ports import CustomerChannel, SecondOpinion
from bot.turn.signals import on_signal, viewed_item
from bot.turn.understand import DEAF, UNSURE, Reader, Reading
from bot.turn.wishes import Wish, read_wishes
from desk.commands import Command, Outcome
from desk.conversations.commands import Ask, NoteSession, SetAside, TakeUp
from desk.conversations.incoming import (
    ChannelName,
    Click,
    Media,
    Signal,
    Text,
    Unsupported,
)
from desk.conversations.memory import fold, next_wish, recent
from desk.conversations.model import Conversation, Dialogue, InboxRow
from desk.customers.model import Customer
from desk.front import Desk
from desk.kernel.ids import InboxId, derived
from desk.kernel.messages import Reply, Say, phrase
from desk.staff.directory import Staff
from desk.turns import Action, Turn, Understanding

Admit = Callable[[str], Awaitable[Staff | None]]
"""Finds a member of staff by userid, also one who has never written before; None for strangers."""

StaffRoom = Callable[[str, Staff, Conversation, InboxId, Desk], Awaitable[Outcome]]
"""Runs a command line (slash-command or card button) for a member of staff."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a message leads to, and what it was understood as."""

    outcome: Outcome
    meant: Understanding


class Decider:
    """Finds the handler of a message and asks it; the same door for text, taps and clicks."""

    def __init__(
        self,
        desk: Desk,
        reader: Reader,
        actions: Mapping[str, Action],
        admit: Admit,
        staff_room: StaffRoom,
        channel: CustomerChannel,
        meet: Callable[[Customer], None],
        second: SecondOpinion | None = None,
    ) -> None:
        self._desk, self._reader, self._actions, self._meet = desk, reader, actions, meet
        self._admit, self._staff_room, self._channel = admit, staff_room, channel
        self._second = second

    async def decide(self, conversation: Conversation, burst: Burst) -> Decision:
        """Decide about what was said at once in a conversation."""
        row = burst[0]
        incoming = row.incoming
        if isinstance(incoming.content, Signal):
            title = await self._title_seen(incoming.content)
            outcome = on_signal(incoming.content, incoming, conversation, title)
            return Decision(outcome, _named(f"signal.{incoming.content.name}"))
        if incoming.historic:
            return Decision(Outcome(), _named("historic"))
        if incoming.channel is ChannelName.APP:
            return await self._staff(conversation, row)
        return await self._customer(conversation, burst)

    async def _title_seen(self, signal: Signal) -> str:
        item = viewed_item(signal.fields.get("scene_param", ""))
        product = await self._desk.shops.product_of(item) if item else None
        return product.title if product else ""

    async def _staff(self, conversation: Conversation, row: InboxRow) -> Decision:
        member = await self._admit(conversation.person)
        if member is None:
            return Decision(_say("staff.stranger"), _named("staff.stranger"))
        match row.incoming.content:
            case Text(text=line):
                source = "slash"
            case Click(key=line):
                source = "button"
            case _:
                return Decision(_say("staff.text_only"), _named("staff.text_only"))
        outcome = await self._staff_room(line, member, conversation, row.id, self._desk)
        return Decision(outcome, Understanding(f"staff.{source}", 1.0, source))

    async def _customer(self, conversation: Conversation, burst: Burst) -> Decision:
        session = await holder(self._channel, conversation)
        noted: tuple[Command, ...] = ()
        if session is not None:
            state, servicer = session
            noted = (NoteSession(conversation.id, state, servicer),)
            if state in WITH_A_PERSON:
                return Decision(Outcome(do=noted), _named("held_by_person"))
        dialogue = recent(conversation.dialogue, self._now())
        decision = await self._answer(replace(conversation, dialogue=dialogue), burst)
        outcome = Outcome(decision.outcome.say, (*noted, *decision.outcome.do))
        return Decision(outcome, decision.meant)

    async def _answer(self, conversation: Conversation, burst: Burst) -> Decision:
        match burst[0].incoming.content:
            case Text(menu_id="") as text:
                texts = [text.text, *(said_in(row) for row in burst[1:])]
                wishes = await self._read(texts, conversation.dialogue)
                return await self._grant(conversation, burst[0].id, wishes)
            case Text() as tap:
                reading = await self._reader.read(tap, conversation.dialogue)
                return await self._grant(conversation, burst[0].id, (Wish(tap.text, reading),))
            case Media() as media:
                seen = Wish("", _seen(media, len(burst)))
                return await self._grant(conversation, burst[0].id, (seen,))
            case Unsupported():
                return Decision(_say("media.unsupported"), _named("unsupported"))
            case _:
                return Decision(Outcome(), _named("ignored"))

    async def _read(self, texts: Sequence[str], dialogue: Dialogue) -> tuple[Wish, ...]:
        """Read what was said; what stays unclear is put to the second opinion, if there is one."""
        wishes = await read_wishes(self._reader, texts, dialogue)
        first = wishes[0].reading.meant
        if self._second is None or not (first.source == UNSURE or first.intent == DEAF):
            return wishes
        meant = await self._second.on(wishes[0].text, first)
        slots = {name: values[0] for name, values in meant.entities.items()}
        reading = replace(
            wishes[0].reading, meant=meant, slots={**slots, **wishes[0].reading.slots}
        )
        return (replace(wishes[0], reading=reading),)

    async def _grant(
        self, conversation: Conversation, cause: InboxId, wishes: Sequence[Wish]
    ) -> Decision:
        """Answer wish after wish, each in the dialogue that the one before leaves.

        A wish that has to wait for an answer to our question is taken up after it.
        """
        dialogue, now = conversation.dialogue, self._now()
        said: list[Reply] = []
        done: list[Command] = []
        meant: list[Understanding] = []
        waiting = list(wishes)
        while waiting:
            wish = waiting.pop(0)
            inbox = InboxId(derived(cause, "wish", len(meant))) if meant else cause
            here = replace(conversation, dialogue=dialogue)
            decision = await self._act(here, inbox, wish)
            meant.append(decision.meant)
            said.extend(decision.outcome.say)
            done.extend(decision.outcome.do)
            dialogue = fold(dialogue, decision.outcome.do, now, answered=True)
            if _asks(decision.outcome):
                done.extend(SetAside(each.text) for each in waiting)
                break
            if not waiting and (later := next_wish(dialogue)):
                done.append(TakeUp())
                dialogue = fold(dialogue, (TakeUp(),), now, answered=False)
                waiting = list(await self._read([later.text], dialogue))
        if wishes[0].greeted and meant[0].intent != "greet":
            said = _greeting_back(said)
        whole = Outcome(tuple(said), tuple(done))
        return Decision(led_back(conversation.dialogue, whole), meant[0])

    async def _act(self, conversation: Conversation, inbox: InboxId, wish: Wish) -> Decision:
        meant = wish.reading.meant
        turn = await self._turn(conversation, inbox, wish)
        if turn is None:
            return Decision(Outcome(), _named("no_customer"))
        return Decision(await act(turn, self._desk, self._actions), meant)

    async def _turn(self, conversation: Conversation, inbox: InboxId, wish: Wish) -> Turn | None:
        reading = wish.reading
        if conversation.customer is None:
            return None
        customer = await self._desk.customers.get(conversation.customer)
        if customer is None:
            return None
        self._meet(customer)
        return Turn(
            inbox=inbox,
            conversation=conversation,
            customer=customer,
            text=wish.text,
            understanding=reading.meant,
            slots=reading.slots,
            focus=conversation.dialogue.focus,
            now=self._now(),
            tries=reading.answers.tries if reading.answers else 0,
        )

    def _now(self) -> datetime:
        return self._desk.clock.now()


def _greeting_back(said: list[Reply]) -> list[Reply]:
    if not said or not isinstance(said[0], Say):
        return said
    return [replace(said[0], phrase=phrase("greet.with", answer=said[0].phrase)), *said[1:]]


def _asks(outcome: Outcome) -> bool:
    return any(isinstance(each, Ask) for each in outcome.do)


def _seen(media: Media, count: int) -> Reading:
    slots = {**media.fields, "kind": media.kind, "count": str(count)}
    return Reading(Understanding("media", 1.0, "media"), slots)


def _named(name: str) -> Understanding:
    return Understanding(name, 1.0, "signal")


def _say(key: str) -> Outcome:
    return Outcome(say=(Say(phrase(key)),))
