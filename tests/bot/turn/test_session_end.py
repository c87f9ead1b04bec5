"""A session ends: the bot is back, and asks how it was, once however often the turn is done."""

from datetime import timedelta

from bot.turn.commit import Committer
from bot.turn.decision import Decision
from bot.turn.signals import on_signal
from desk.conversations.incoming import Signal
from desk.conversations.model import Lease, Session
from desk.conversations.outgoing import Welcome
from desk.handbook import plain_handbook
from desk.store.database import Database
from desk.turns import Understanding
from tests.clocks import NOON, FrozenClock
from tests.fakes.staff import FakeStaff
from tests.store.making import LEASE, message, worked

ENDED = Signal(
    "session_status_change",
    {"change_type": "3", "msg_code": "mc", "old_servicer_userid": "amei"},
)


async def ended(library: Database, clock: FrozenClock, name: str) -> Lease:
    """A servicer ends the session, and that is worked twice."""
    lease = await worked(library, clock, message(name, ENDED, sent_at=clock.now()))
    outcome = on_signal(ENDED, lease.rows[0].incoming, lease.conversation)
    decision = Decision(outcome, Understanding("signal", 1.0, "signal"))
    committer = Committer(library, plain_handbook(FakeStaff()), clock)
    await committer.commit(lease, lease.rows, decision)
    await committer.commit(lease, lease.rows, decision, last=True)
    return lease


async def test_it_is_asked_once_and_with_the_code_of_the_end(
    library: Database, clock: FrozenClock
) -> None:
    lease = await ended(library, clock, "end")
    async with library.open() as books:
        (claimed,) = await books.outbox.claim(clock.now(), clock.now() + LEASE, 10)
        conversation = await books.conversations.get(lease.conversation.id)
    body = claimed.entry.body
    assert isinstance(body, Welcome)
    assert (body.code, len(body.say.menu)) == ("mc", 3)
    assert claimed.entry.expires_at == NOON + timedelta(seconds=20)
    assert conversation is not None
    assert conversation.session is Session.ENDED
    assert conversation.dialogue.pending is not None
    asked = await library.ratings.last_asked(lease.conversation.id, NOON)
    assert asked is not None
    assert (asked.servicer, asked.score) == ("amei", None)


async def test_the_next_session_is_asked_about_by_itself(
    library: Database, clock: FrozenClock
) -> None:
    lease = await ended(library, clock, "end")
    first = await library.ratings.last_asked(lease.conversation.id, NOON)
    clock.turn(timedelta(hours=1))
    await ended(library, clock, "another end")
    second = await library.ratings.last_asked(lease.conversation.id, NOON)
    assert first is not None
    assert second is not None
    assert first.id != second.id
