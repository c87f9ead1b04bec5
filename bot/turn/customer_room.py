"""The customers' room: what a customer says is read, and each wish in it is answered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from actions.forms_later import asking_later
from bot.turn.act import act
from bot.turn.bursts import Burst, said_in
from bot.turn.decision import Decision, noticed
from bot.turn.form_reading import beside, form_reading, may_be_answer
from bot.turn.lead_back import led_back
from bot.turn.phones import noting_phones
from bot.turn.ports import SecondOpinion
from bot.turn.said_before import not_word_for_word
from bot.understanding.reader import DEAF, UNSURE, Reader, Reading
from bot.understanding.wishes import Wish, read_wishes
from desk.commands import Command, Outcome
from desk.conversations.commands import Ask, HandOver, PromisePerson, SetAside, TakeUp
from desk.conversations.incoming import Media, Text, Unsupported
from desk.conversations.memory import fold, next_wish
from desk.conversations.model import Conversation, Dialogue
from desk.customers.model import Customer
from desk.front import Desk
from desk.kernel.ids import InboxId, derived
from desk.kernel.messages import Reply, Say, phrase
from desk.kernel.private import without_cards
from desk.turns import Action, Turn, Understanding


@dataclass(frozen=True, slots=True)
class CustomerRoom:
    """Reads and answers; `meet` is told of every customer who is answered.

    Telephone numbers are noted as hashes under `phone_key`, not at all without one.
    """

    desk: Desk
    reader: Reader
    actions: Mapping[str, Action]
    meet: Callable[[Customer], None]
    second: SecondOpinion | None = None
    phone_key: bytes = field(default=b"", repr=False)

    async def answer(self, conversation: Conversation, burst: Burst) -> Decision:
        """Answer what a customer said at once."""
        match burst[0].incoming.content:
            case Text(menu_id="") as text:
                texts = [text.text, *(said_in(row) for row in burst[1:])]
                wishes = await self._understood(conversation, burst[0].id, texts)
                decision = await self._grant(conversation, burst[0].id, wishes)
                return noting_phones(decision, conversation, texts, self.phone_key)
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

    async def _understood(
        self, conversation: Conversation, cause: InboxId, texts: Sequence[str]
    ) -> tuple[Wish, ...]:
        """What was said as answers to a form, with what else is asked; else as wishes."""
        wishes = await read_wishes(self.reader, texts, conversation.dialogue)
        for wish in wishes:
            if answer := await self._as_answer(conversation, cause, wish):
                others = beside(wishes, wish)
                whole = await self._in_whole(conversation, cause, texts, others)
                return (whole or replace(wish, reading=answer, heard=""), *others)
        return await self._with_second(wishes)

    async def _as_answer(
        self, conversation: Conversation, cause: InboxId, wish: Wish
    ) -> Reading | None:
        """What is said, as an answer to a form; None where it is none."""
        if not may_be_answer(conversation.dialogue, wish.text):
            return None
        turn = await self._turn(conversation, cause, wish)
        return await form_reading(turn, wish.reading, self.desk) if turn else None

    async def _in_whole(
        self,
        conversation: Conversation,
        cause: InboxId,
        texts: Sequence[str],
        others: Sequence[Wish],
    ) -> Wish | None:
        """All that was said but for what else is asked, where it is one answer too."""
        words = " ".join(texts)
        for each in others:
            words = words.replace(each.text, " ")
        whole = Wish(words.strip(), await self.reader.read(Text(words), conversation.dialogue))
        answer = await self._as_answer(conversation, cause, whole)
        return replace(whole, reading=answer) if answer is not None else None

    async def _read(self, texts: Sequence[str], dialogue: Dialogue) -> tuple[Wish, ...]:
        """Read what was said."""
        return await self._with_second(await read_wishes(self.reader, texts, dialogue))

    async def _with_second(self, wishes: tuple[Wish, ...]) -> tuple[Wish, ...]:
        """What was read; what stays unclear is put to the second opinion, if there is one."""
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

        Of two that we have to ask about, the second is taken up after the answer to the first.
        """
        told = _Told(conversation.dialogue, self.desk.clock.now())
        waiting = list(wishes)
        while waiting:
            wish = waiting.pop(0)
            number = len(told.meant)
            inbox = InboxId(derived(cause, "wish", number)) if number else cause
            here = replace(conversation, dialogue=told.dialogue_beside)
            decision = await self._act(here, inbox, wish)
            if told.asks:
                focus = told.dialogue.focus
                decision = replace(decision, outcome=asking_later(decision.outcome, focus))
            if told.asks and _asks(decision):
                told.ask_form_later()
            if told.asks and _asks(decision):
                told.do(SetAside(without_cards(wish.text)))
                continue
            told.add(decision)
            if told.dialogue.later:
                told.ask_form_later()
            if waiting or told.asks or told.is_grave:
                continue
            if later := next_wish(told.dialogue):
                told.do(TakeUp())
                waiting = list(await self._read([later.text], told.dialogue))
        if len(told.meant) == 1:
            told.put_otherwise(conversation.dialogue)
        if wishes[0].greeted and told.meant[0].intent != "greet":
            told.greet_back()
        outcome = led_back(conversation.dialogue, told.outcome, conversation.id)
        return Decision(outcome, told.meant[0])

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
            heard=wish.heard,
            understanding=reading.meant,
            slots=reading.slots,
            focus=conversation.dialogue.focus,
            now=self.desk.clock.now(),
            tries=reading.answers.tries if reading.answers else 0,
        )


@dataclass
class _Told:
    """What is said and done so far, and the dialogue that it leaves."""

    dialogue: Dialogue
    now: datetime
    said: list[Reply] = field(default_factory=list)
    done: list[Command] = field(default_factory=list)
    meant: list[Understanding] = field(default_factory=list)
    asking: tuple[Reply, ...] = ()
    asks: bool = False

    @property
    def dialogue_beside(self) -> Dialogue:
        """The dialogue for the next wish: what we have just asked is not about that."""
        return replace(self.dialogue, pending=None) if self.asks else self.dialogue

    def add(self, decision: Decision) -> None:
        """Take the answer to one wish; one that asks is said last."""
        self.meant.append(decision.meant)
        if _asks(decision):
            self.asks, self.asking = True, decision.outcome.say
        else:
            self.said.extend(decision.outcome.say)
        self.do(*decision.outcome.do, answered=not self.asks or _asks(decision))

    @property
    def is_grave(self) -> bool:
        """A person comes or is called: nothing else is answered behind that."""
        return any(isinstance(each, HandOver | PromisePerson) for each in self.done)

    def do(self, *commands: Command, answered: bool = False) -> None:
        """Do something, that may answer the customer."""
        self.done.extend(commands)
        self.dialogue = fold(self.dialogue, commands, self.now, answered=answered)

    def ask_form_later(self) -> None:
        """Let a form's first question wait: no wish is set aside for it."""
        later = asking_later(Outcome(do=tuple(self.done)), self.dialogue.focus)
        if len(later.do) < len(self.done):
            self.said.extend(self.asking)
            self.done, self.asks, self.asking = list(later.do), False, ()
            self.dialogue = fold(
                replace(self.dialogue, pending=None), later.do[-1:], self.now, answered=False
            )

    def put_otherwise(self, before: Dialogue) -> None:
        """Say in other words what was answered just before."""
        outcome = not_word_for_word(before, self.meant[0], self.outcome, self.now)
        self.said, self.asking, self.done = list(outcome.say), (), list(outcome.do)

    def greet_back(self) -> None:
        """Say hello before all else."""
        self.said, self.asking = [*self.said, *self.asking], ()
        if self.said and isinstance(self.said[0], Say):
            greeted = phrase("greet.with", answer=self.said[0].phrase)
            self.said[0] = replace(self.said[0], phrase=greeted)

    @property
    def outcome(self) -> Outcome:
        """All of it."""
        return Outcome((*self.said, *self.asking), tuple(self.done))


def _asks(decision: Decision) -> bool:
    return any(isinstance(each, Ask) for each in decision.outcome.do)


def _seen(media: Media, count: int) -> Reading:
    slots = {**media.fields, "kind": media.kind, "count": str(count)}
    return Reading(Understanding("media", 1.0, "media"), slots)
