"""What happened in conversations."""

from dataclasses import dataclass

from desk.kernel.ids import ConversationId


@dataclass(frozen=True, slots=True)
class Redelivered:
    """A dead letter is on its way again; `asked_in` is where that was asked for."""

    letter: str
    asked_in: ConversationId


@dataclass(frozen=True, slots=True)
class NoSuchLetter:
    """There is no dead letter of this id (any more)."""

    letter: str
    asked_in: ConversationId


ConversationEvent = Redelivered | NoSuchLetter
