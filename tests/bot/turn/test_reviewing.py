"""Which turns are looked at again, and why."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.turn.bursts import Burst
from bot.turn.commit import Committer
from bot.turn.decision import Decision
from bot.turn.reviewing import reviewed
from bot.understanding.reader import DEAF, UNSURE
from desk.commands import Command, Outcome
from desk.conversations.commands import NoteSession, PromisePerson
from desk.conversations.incoming import ChannelName, Incoming, Text
from desk.conversations.model import InboxRow, Session
from desk.customers.commands import CountLinkAttempt
from desk.handbook import plain_handbook
from desk.kernel.ids import InboxId, derived
from desk.kernel.messages import Say, phrase
from desk.reviews.commands import KeepForReview
from desk.reviews.model import ReviewKind
from desk.store.database import Database
from desk.turns import Understanding
from tests.clocks import NOON, FrozenClock
from tests.desk.work.house import APP, CHAT, MIMI
from tests.fakes.staff import FakeStaff
from tests.store.making import message, worked

SAID = Incoming(ChannelName.KF, "m1", "kf-main", "wm-mimi", Text("那个能弄吗"), NOON)
ROWS: Burst = tuple(InboxRow(InboxId(derived("row", number)), SAID, 0, NOON) for number in range(2))
RANKING = (("return_request", 0.4), ("exchange_request", 0.3), ("media", 0.1), ("deny", 0.05))
SURE = Understanding("return_request", 0.95, "nlu", ranking=RANKING)
DOUBTED = replace(SURE, confidence=0.5)
UNCLEAR = replace(SURE, confidence=0.4, source=UNSURE)
UNREAD = Understanding(DEAF, 0.0, "none")
COMPLAINT = replace(SURE, intent="complaint")
SPOKEN = (Say(phrase("fallback.which")),)
REFUSED = CountLinkAttempt(MIMI.id, "E1", succeeded=False)
PROVEN = CountLinkAttempt(MIMI.id, "E1", succeeded=True)


def kept(meant: Understanding, *do: Command, by_day: bool = False) -> KeepForReview | None:
    decision = Decision(Outcome(SPOKEN, do), meant)
    outcome = reviewed(decision, CHAT, ROWS, by_day=by_day, below=0.6)
    found = [each for each in outcome.do if isinstance(each, KeepForReview)]
    assert outcome.do[: len(do)] == do
    return found[0] if found else None


@pytest.mark.parametrize(
    ("meant", "do", "kind"),
    [
        (UNCLEAR, (), ReviewKind.UNSURE),
        (UNREAD, (), ReviewKind.UNSURE),
        (DOUBTED, (), ReviewKind.LOW),
        (COMPLAINT, (), ReviewKind.COMPLAINT),
        (COMPLAINT, (PromisePerson(),), ReviewKind.COMPLAINT),
        (SURE, (PromisePerson(),), ReviewKind.PERSON),
        (UNCLEAR, (PromisePerson(),), ReviewKind.PERSON),
        (SURE, (REFUSED,), ReviewKind.PRIVATE),
        (SURE, (PROVEN,), None),
        (SURE, (), None),
        (replace(DOUBTED, source="menu"), (), None),
        (replace(SURE, source="opinion"), (), ReviewKind.LOW),
    ],
)
def test_at_night_all_that_may_have_gone_wrong_is_kept(
    meant: Understanding, do: tuple[Command, ...], kind: ReviewKind | None
) -> None:
    review = kept(meant, *do)
    assert (review.kind if review else None) == kind


@pytest.mark.parametrize("meant", [UNCLEAR, UNREAD])
def test_by_day_what_was_not_understood_is_kept_apart(meant: Understanding) -> None:
    review = kept(meant, by_day=True)
    assert review is not None
    assert review.kind is ReviewKind.BY_DAY


@pytest.mark.parametrize("meant", [SURE, DOUBTED, COMPLAINT])
def test_by_day_the_rest_has_people_at_hand(meant: Understanding) -> None:
    assert kept(meant, REFUSED, by_day=True) is None


def test_an_unclear_turn_keeps_what_the_model_thought_of_and_claims_nothing() -> None:
    review = kept(UNCLEAR)
    assert review is not None
    assert review.intent == ""
    assert review.alternatives == ("return_request", "exchange_request", "deny")
    assert review.said == tuple(row.id for row in ROWS)


def test_a_doubted_one_keeps_the_others_it_might_have_been() -> None:
    review = kept(DOUBTED)
    assert review is not None
    assert (review.intent, review.confidence) == ("return_request", 0.5)
    assert review.alternatives == ("exchange_request", "deny")


def test_where_the_bot_was_silent_there_is_nothing_to_review() -> None:
    silent = Decision(Outcome(), UNCLEAR)
    assert reviewed(silent, CHAT, ROWS, by_day=False, below=0.6) == Outcome()


def test_who_is_with_a_person_and_colleagues_are_left_alone() -> None:
    noted = Outcome(do=(NoteSession(CHAT.id, Session.SERVICER, "amei"),))
    held = Decision(noted, Understanding("held_by_person", 1.0, "signal"))
    assert reviewed(held, CHAT, ROWS, by_day=False, below=0.6) == noted
    staff = Decision(Outcome(SPOKEN), UNCLEAR)
    assert reviewed(staff, APP, ROWS, by_day=False, below=0.6) == staff.outcome


async def test_a_turn_is_kept_with_its_commit_and_once(library: Database) -> None:
    clock = FrozenClock(datetime(2026, 11, 21, 15, 30, tzinfo=UTC))
    lease = await worked(library, clock, message("m1", sent_at=clock.now()))
    decision = Decision(Outcome(SPOKEN), UNCLEAR)
    committer = Committer(library, plain_handbook(FakeStaff()), clock)
    await committer.commit(lease, lease.rows, decision)
    await committer.commit(lease, lease.rows, decision)
    (review,) = await library.reviews.waiting(10)
    assert review.kind is ReviewKind.UNSURE
    exchange = await library.reviews.exchange(review)
    assert exchange.text == "在吗"
    assert [each.key for each in exchange.answers] == ["fallback.which"]
