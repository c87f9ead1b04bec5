"""Who hears what about group leaders: whoever did it."""

from desk.conversations.commands import Tell
from desk.kernel.messages import Phrase, Say, phrase
from desk.leaders.events import LeaderMarked, LeaderUnmarked, NoLeader
from desk.tickets.cards import called

Told = tuple[Tell, ...]


def marked(event: LeaderMarked) -> Told:
    """They hear what follows from it."""
    leader = event.leader
    key = "leader.marked_again" if event.before else "leader.marked"
    return _tell(leader.by, Phrase(key, {"name": called(leader.nickname)}))


def unmarked(event: LeaderUnmarked) -> Told:
    """They hear that it is undone."""
    return _tell(event.by, phrase("leader.unmarked", name=called(event.leader.nickname)))


def no_leader(event: NoLeader) -> Told:
    """They hear that there was nothing to undo."""
    return _tell(event.by, phrase("leader.none"))


def _tell(by: str, said: Phrase) -> Told:
    return (Tell(Say(said), (by,)),)
