"""What one piece of work puts out, with ids that are the same however often it is done."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from desk.conversations.outgoing import Body, OutboxEntry, PassToPerson, SayInConversation
from desk.kernel.errors import DeskError
from desk.kernel.ids import ConversationId, InboxId, OutboxId, derived
from desk.kernel.messages import Say, phrase


class OutTray:
    """Collects the outbox entries of one piece of work, in the order they are to go out.

    Raises:
        DeskError: work without a cause and without a seed wants an id.
    """

    def __init__(self, cause: InboxId | None, seed: str, now: datetime) -> None:
        self.cause = cause
        self._seed = seed
        self.now = now
        self._counted: dict[str, int] = {}
        self._entries: list[OutboxEntry] = []

    def derive(self, kind: str) -> UUID:
        """Make the next id of a kind; the same work makes the same ids in the same order."""
        if self.cause is None and not self._seed:
            raise DeskError(
                "work.without_cause", "系统内部错误：这项处理没有来源，无法保证只做一次。"
            )
        ordinal = self._counted.get(kind, 0)
        self._counted[kind] = ordinal + 1
        return derived(self.cause or "", self._seed, kind, ordinal)

    def put(
        self, lane: str, body: Body, *, urgent: bool = False, expires_at: datetime | None = None
    ) -> None:
        """Put one entry on the tray, due at once."""
        entry = OutboxEntry(
            OutboxId(self.derive("outbox")), lane, body, self.cause, self.now, urgent, expires_at
        )
        self._entries.append(entry)

    def passes_on(self, conversation: ConversationId) -> bool:
        """Whether this work gives the customer of a conversation to a person already."""
        bodies = (each.body for each in self._entries if isinstance(each.body, PassToPerson))
        return any(each.conversation == conversation for each in bodies)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Take off again what is put on inside where it ends in an error."""
        before = len(self._entries)
        try:
            yield
        except BaseException:
            del self._entries[before:]
            raise

    def entries(self) -> tuple[OutboxEntry, ...]:
        """Everything on the tray, what is said in one conversation as one message.

        A customer's message allows five replies (WeCom doc 94677): one answer shall cost one.
        Sessions are passed on last: after that the bot may not speak in them any more (doc
        94669), so what this work says has to be out before.
        """
        passing = [each for each in self._entries if isinstance(each.body, PassToPerson)]
        others = [each for each in self._entries if not isinstance(each.body, PassToPerson)]
        return (*_joined(others), *passing)


def _joined(entries: Sequence[OutboxEntry]) -> list[OutboxEntry]:
    """Put what is said in a conversation into its first entry; only one part may have a menu."""
    kept: list[OutboxEntry] = []
    places: dict[str, int] = {}
    for entry in entries:
        place = places.get(entry.lane)
        said = _one_say(kept[place], entry) if place is not None else None
        if place is not None and said is not None:
            kept[place] = replace(kept[place], body=said)
            continue
        if isinstance(entry.body, SayInConversation):
            places[entry.lane] = len(kept)
        kept.append(entry)
    return kept


def _one_say(first: OutboxEntry, then: OutboxEntry) -> SayInConversation | None:
    if not isinstance(first.body, SayInConversation) or not isinstance(
        then.body, SayInConversation
    ):
        return None
    if first.body.say.menu:
        return None  # A menu ends a message: what follows it is said after it.
    joined = phrase("say.joined", first=first.body.say.phrase, then=then.body.say.phrase)
    return replace(first.body, say=Say(joined, then.body.say.menu))
