"""Carries out what may be done in conversations."""

from dataclasses import dataclass
from datetime import timedelta

from desk.conversations.commands import (
    Ask,
    AskIn,
    CloseCard,
    EraseMessage,
    Greet,
    ListLetters,
    NoteSession,
    Redeliver,
    SayTo,
    Tell,
)
from desk.conversations.events import (
    LETTER_SHOWN,
    ConversationEvent,
    LettersListed,
    NoSuchLetter,
    Redelivered,
)
from desk.conversations.incoming import ChannelName
from desk.conversations.memory import fold
from desk.conversations.model import Conversation
from desk.conversations.outgoing import (
    SayInConversation,
    TellStaff,
    UpdateCard,
    Welcome,
)
from desk.conversations.ports import ConversationStore, InboxStore, OutboxStore
from desk.conversations.tray import OutTray
from desk.kernel.errors import DeskError
from desk.kernel.ids import ConversationId
from desk.kernel.messages import Card, Reply, Say
from desk.staff.audience import audience
from desk.staff.directory import StaffDirectory

WELCOME_WITHIN = timedelta(seconds=20)
"""A welcome code works for 20 seconds (WeCom doc 95122)."""

_LOOKED_THROUGH = 200

ConversationCommand = (
    AskIn | CloseCard | EraseMessage | Greet | ListLetters | NoteSession | Redeliver | SayTo | Tell
)


@dataclass(frozen=True, slots=True)
class Threads:
    """The stores in which conversations are kept, open in one transaction."""

    inbox: InboxStore
    conversations: ConversationStore
    outbox: OutboxStore


class Conversations:
    """The conversations' side of one piece of work; `here` is the conversation it is done for."""

    def __init__(
        self,
        threads: Threads,
        staff: StaffDirectory,
        tray: OutTray,
        here: Conversation | None,
    ) -> None:
        self._threads, self._staff, self._tray, self._here = threads, staff, tray, here

    def reply(self, reply: Reply) -> None:
        """Say something to the person whom this work is done for.

        Raises:
            DeskError: there is nobody to say it to, or a card was meant for a customer.
        """
        here = self._here
        if here is None:
            raise DeskError("say.to_nobody", "系统内部错误：有话要说，但没有对应的会话。")
        if isinstance(reply, Say):
            self._tray.put(str(here.id), SayInConversation(here.id, reply))
        elif here.channel is ChannelName.APP:
            self._tell((here.person,), reply)
        else:
            raise DeskError("say.card_to_customer", "系统内部错误：卡片只能发给员工。")

    async def carry_out(self, command: ConversationCommand) -> tuple[ConversationEvent, ...]:
        """Do one thing and tell what happened."""
        match command:
            case Redeliver():
                return await self._redeliver(command)
            case ListLetters(limit):
                return await self._list(limit)
            case NoteSession(conversation, state, servicer):
                await self._threads.conversations.session(conversation, state, servicer)
            case AskIn(conversation, ask):
                await self._ask(conversation, ask)
            case EraseMessage(external_id):
                channel = self._here.channel if self._here else ChannelName.KF
                await self._threads.inbox.erase(channel, external_id)
            case _:
                self._send(command)
        return ()

    async def _ask(self, where: ConversationId, ask: Ask) -> None:
        kept = await self._threads.conversations.get(where)
        if kept is not None:
            dialogue = fold(kept.dialogue, (ask,), self._tray.now, answered=False)
            await self._threads.conversations.remember(where, dialogue)

    def _send(self, command: SayTo | Greet | Tell | CloseCard) -> None:
        match command:
            case SayTo(conversation, say):
                self._tray.put(str(conversation), SayInConversation(conversation, say))
            case Greet(conversation, code, say):
                until = (command.sent_at or self._tray.now) + WELCOME_WITHIN
                welcome = Welcome(conversation, code, say)
                self._tray.put(str(conversation), welcome, urgent=True, expires_at=until)
            case Tell(reply, to):
                chosen = audience(self._staff, command.skill, command.least)
                self._tell(to or chosen, reply)
            case CloseCard(task, replace):
                self._tray.put(f"card:{task}", UpdateCard(task, replace))

    def _tell(self, to: tuple[str, ...], reply: Say | Card) -> None:
        # A card goes in its own lane, so that it is out before it is updated.
        lane = f"card:{reply.task}" if isinstance(reply, Card) else "staff:" + ",".join(sorted(to))
        self._tray.put(lane, TellStaff(to, reply))

    async def _redeliver(self, asked: Redeliver) -> tuple[ConversationEvent, ...]:
        letter = await self._whole(asked.letter)
        put_back = await self._threads.outbox.redeliver(letter, self._tray.now)
        if self._here is None:
            return ()
        event = Redelivered if put_back else NoSuchLetter
        return (event(asked.letter, self._here.id),)

    async def _whole(self, letter: str) -> str:
        """The id that is meant by its end, where just one dead letter has that."""
        if len(letter) < LETTER_SHOWN:
            return letter
        dead = await self._threads.outbox.dead_letters(_LOOKED_THROUGH)
        meant = [each.id for each in dead if each.id.endswith(letter.lower())]
        return meant[0] if len(meant) == 1 else letter

    async def _list(self, limit: int) -> tuple[ConversationEvent, ...]:
        if self._here is None:
            return ()
        letters = await self._threads.outbox.dead_letters(limit)
        return (LettersListed(letters, self._here.id),)
