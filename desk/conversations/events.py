"""What happened in conversations."""

from dataclasses import dataclass

from desk.conversations.outgoing import DeadLetter
from desk.kernel.ids import ConversationId

LETTER_SHOWN = 8
"""How many last characters of a letter's id people see, and may write instead of the whole.

The first ones tell the time, so that neighbours share them.
"""


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


@dataclass(frozen=True, slots=True)
class LettersListed:
    """Somebody wants to see the dead letters, newest first."""

    letters: tuple[DeadLetter, ...]
    asked_in: ConversationId


ConversationEvent = LettersListed | Redelivered | NoSuchLetter
