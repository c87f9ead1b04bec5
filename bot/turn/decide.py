"""Decide: from a stored message to what shall be said and done. Reads only."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.turn.bursts import Burst
from bot.turn.customer_room import CustomerRoom
from bot.turn.decision import Decision, noticed
from bot.turn.form_reading import overheard_answers
from bot.turn.holding import WITH_A_PERSON, holder
from bot.turn.noticing import noticing
from bot.turn.overhearing import overheard
from bot.turn.ports import CustomerChannel
from bot.turn.signals import on_signal, viewed_item
from desk.commands import Command, Outcome
from desk.conversations.commands import NoteSession
from desk.conversations.incoming import ChannelName, Click, Signal, Text
from desk.conversations.memory import recent
from desk.conversations.model import Conversation, InboxRow
from desk.front import Desk
from desk.kernel.ids import InboxId
from desk.kernel.messages import Say, phrase
from desk.staff.directory import Staff
from desk.turns import Understanding

Admit = Callable[[str], Awaitable[Staff | None]]
"""Finds a member of staff by userid, also one who has never written before; None for strangers."""

StaffRoom = Callable[[str, Staff, Conversation, InboxId, Desk], Awaitable[Outcome]]
"""Runs a command line (slash-command or card button) for a member of staff."""


@dataclass(frozen=True, slots=True)
class Decider:
    """Takes what came in to the room that it belongs to: customers', staff's, or nobody's."""

    desk: Desk
    customer_room: CustomerRoom
    staff_room: StaffRoom
    admit: Admit
    channel: CustomerChannel

    async def decide(self, conversation: Conversation, burst: Burst) -> Decision:
        """Decide about what was said at once in a conversation."""
        row = burst[0]
        incoming = row.incoming
        if isinstance(incoming.content, Signal):
            title = await self._title_seen(incoming.content)
            outcome = on_signal(incoming.content, incoming, conversation, title)
            return noticed(f"signal.{incoming.content.name}", outcome)
        if incoming.historic:
            return noticed("historic")
        if incoming.channel is ChannelName.APP:
            return await self._staff(conversation, row)
        return await self._customer(conversation, burst)

    async def _title_seen(self, signal: Signal) -> str:
        item = viewed_item(signal.fields.get("scene_param", ""))
        product = await self.desk.shops.product_of(item) if item else None
        return product.title if product else ""

    async def _staff(self, conversation: Conversation, row: InboxRow) -> Decision:
        member = await self.admit(conversation.person)
        if member is None:
            return _told("staff.stranger")
        match row.incoming.content:
            case Text(text=line):
                source = "slash"
            case Click(key=line):
                source = "button"
            case _:
                return _told("staff.text_only")
        outcome = await self.staff_room(line, member, conversation, row.id, self.desk)
        return Decision(outcome, Understanding(f"staff.{source}", 1.0, source))

    async def _customer(self, conversation: Conversation, burst: Burst) -> Decision:
        session = await holder(self.channel, conversation)
        noted: tuple[Command, ...] = ()
        if session is not None:
            state, servicer = session
            noted = (NoteSession(conversation.id, state, servicer),)
            if state in WITH_A_PERSON:
                name = await self._name_of(conversation)
                heard = overheard(conversation, name, state, burst, self.desk.clock.now())
                told = noticing(conversation, burst, "", state)
                answers = await overheard_answers(conversation, burst, self.desk)
                return noticed("held_by_person", Outcome(do=(*noted, *heard, *answers, *told)))
        dialogue = recent(conversation.dialogue, self.desk.clock.now())
        decision = await self.customer_room.answer(replace(conversation, dialogue=dialogue), burst)
        told = noticing(conversation, burst, decision.meant.intent, session and session[0])
        outcome = Outcome(decision.outcome.say, (*noted, *decision.outcome.do, *told))
        return Decision(outcome, decision.meant)

    async def _name_of(self, conversation: Conversation) -> str:
        known = conversation.customer
        customer = await self.desk.customers.get(known) if known else None
        return customer.nickname if customer else ""


def _told(key: str) -> Decision:
    return noticed(key, Outcome((Say(phrase(key)),)))
