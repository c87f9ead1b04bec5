"""What a slash-command is, and what it is called with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from desk.commands import Outcome
from desk.conversations.model import Conversation
from desk.front import Desk
from desk.kernel.ids import InboxId
from desk.kernel.messages import Phrase, Say
from desk.kernel.roles import Role
from desk.staff.directory import Staff


@dataclass(frozen=True, slots=True)
class Call:
    """A command line from a member of staff; `words` are what follows the command's name."""

    words: tuple[str, ...]
    member: Staff
    conversation: Conversation
    now: datetime
    inbox: InboxId

    def rest(self, start: int) -> str:
        """The words from a place on, as one text."""
        return " ".join(self.words[start:])


class Misused(Exception):
    """The line cannot be carried out as it is; `why` says what was wrong with it.

    `is_complete`: it says how to go on too, the command's usage would only be in the way.
    """

    def __init__(self, why: Phrase, *, is_complete: bool = False) -> None:
        super().__init__(why.key)
        self.why, self.is_complete = why, is_complete


Run = Callable[[Call, Desk], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """One command: `/name` or one of its aliases, for everybody of `least` role or higher.

    `summary` and `usage` are phrase keys; `run` reads only, and raises Misused for a wrong line.
    Of `many_verbs` the usage fills a screen: a wrong line is told where to read it.
    """

    name: str
    aliases: tuple[str, ...]
    summary: str
    usage: str
    least: Role
    run: Run
    many_verbs: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """All that it may be called by."""
        return (self.name, *self.aliases)

    @property
    def called(self) -> str:
        """What people call it: its first Chinese name, if it has one."""
        return (*self.aliases, self.name)[0]


def answer(phrase: Phrase) -> Outcome:
    """Say one thing and do nothing."""
    return Outcome(say=(Say(phrase),))
