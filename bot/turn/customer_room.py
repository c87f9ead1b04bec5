"""The customers' room: what a customer says is read, and each wish in it is answered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.turn.act import act
from bot.turn.bursts import Burst, said_in
from bot.turn.decision import Decision, noticed
from bot.turn.lead_back import led_back
from bot.turn.ports import SecondOpinion
from bot.turn.understand import DEAF, UNSURE, Reader, Reading
from bot.turn.wishes import Wish, read_wishes
from desk.commands import Command, Outcome
from desk.conversations.commands import Ask, SetAside, TakeUp
from desk.conversations.incoming import Media, Text, Unsupported
from desk.conversations.memory import fold, next_wish
from desk.conversations.model import Conversation, Dialogue
from desk.customers.model import Customer
from desk.front import Desk
from desk.kernel.ids import InboxId, derived
from desk.kernel.messages import Reply, Say, phrase
from desk.turns import Action, Turn, Understanding


@dataclass(frozen=True, slots=True)
class CustomerRoom:
    """Reads and answers; `meet` is told of every customer who is answered."""

    desk: Desk
    reader: Reader
    actions: Mapping[str, Action]
    meet: Callable[[Customer], None]
    second: SecondOpinion | None = None

    async def answer(self, conversation: Conversation, burst: Burst) -> Decision:
        """Answer what a customer said at once."""
        match burst[0].incoming.content:
            case Text(menu_id="") as text:
                texts = [text.text, *(said_in(row) for row in burst[1:])]
                wishes = await self._read(texts, conversation.dialogue)
                return await self._grant(conversation, burst[0].id, wishes)
            case Text() as tap:
                reading = await self.reader.read(tap, conversation.dialogue)
                return await self._grant(conversation, burst[0].id, (Wish(tap.text, reading),))
            case Media() as media:
                seen = Wish("", _seen(media, len(burst)))
                return await self._grant(conversation, burst[0].id, (seen,))
            case Unsupported():
                return noticed("unsupported", Outcome((Say(phrase("media.unsupported")),)))
            case _:
                return noticed("ignored")

    async def _read(self, texts: Sequence[str], dialogue: Dialogue) -> tuple[Wish, ...]:
        """Read what was said; what stays unclear is put to the second opinion, if there is one."""
        wishes = await read_wishes(self.reader, texts, dialogue)
        first = wishes[0].reading.meant
        if self.second is None or not (first.source == UNSURE or first.intent == DEAF):
            return wishes
        meant = await self.second.on(wishes[0].text, first)
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
        dialogue, now = conversation.dialogue, self.desk.clock.now()
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
            return noticed("no_customer")
        return Decision(await act(turn, self.desk, self.actions), meant)

    async def _turn(self, conversation: Conversation, inbox: InboxId, wish: Wish) -> Turn | None:
        reading = wish.reading
        if conversation.customer is None:
            return None
        customer = await self.desk.customers.get(conversation.customer)
        if customer is None:
            return None
        self.meet(customer)
        return Turn(
            inbox=inbox,
            conversation=conversation,
            customer=customer,
            text=wish.text,
            understanding=reading.meant,
            slots=reading.slots,
            focus=conversation.dialogue.focus,
            now=self.desk.clock.now(),
            tries=reading.answers.tries if reading.answers else 0,
        )


def _greeting_back(said: list[Reply]) -> list[Reply]:
    if not said or not isinstance(said[0], Say):
        return said
    return [replace(said[0], phrase=phrase("greet.with", answer=said[0].phrase)), *said[1:]]


def _asks(outcome: Outcome) -> bool:
    return any(isinstance(each, Ask) for each in outcome.do)


def _seen(media: Media, count: int) -> Reading:
    slots = {**media.fields, "kind": media.kind, "count": str(count)}
    return Reading(Understanding("media", 1.0, "media"), slots)
