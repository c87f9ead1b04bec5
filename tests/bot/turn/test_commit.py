"""A turn is written down whole, with the code that a click brought along."""

from datetime import timedelta

import pytest

from bot.turn.commit import Committer, StaleLease
from bot.turn.decision import Decision
from desk.commands import Outcome
from desk.conversations.incoming import ChannelName, Click
from desk.handbook import plain_handbook
from desk.kernel.messages import Say, phrase
from desk.store.database import Database
from desk.turns import Understanding
from tests.clocks import FrozenClock
from tests.fakes.staff import FakeStaff
from tests.store.making import lease_next, message, worked

TASK = "ticket-T-20261121-0001"
TAKE = Click("ticket take T-20261121-0001", TASK, "code of the click")
DECISION = Decision(
    Outcome(say=(Say(phrase("staff.text_only")),)), Understanding("staff.button", 1.0, "button")
)


async def test_a_click_on_a_card_of_last_week_still_brings_a_code_to_close_it(
    library: Database, clock: FrozenClock
) -> None:
    async with library.open() as books:
        await books.cards.sent(TASK, ("amei", "ajie"), "code of the card", clock.now())
    clock.turn(timedelta(days=7))
    click = message("click", TAKE, channel=ChannelName.APP, account="", person="amei")
    lease = await worked(library, clock, click)
    await Committer(library, plain_handbook(FakeStaff()), clock).commit(lease, lease.rows, DECISION)
    async with library.open() as books:
        code = await books.cards.take_code(TASK, clock.now())
    assert code == ("code of the click", ("amei", "ajie"))


async def test_a_lease_that_was_taken_over_writes_nothing(
    library: Database, clock: FrozenClock
) -> None:
    lease = await worked(library, clock, message("m1"))
    clock.turn(timedelta(minutes=5))
    taken_over = await lease_next(library, clock, "another")
    assert taken_over is not None
    committer = Committer(library, plain_handbook(FakeStaff()), clock)
    with pytest.raises(StaleLease):
        await committer.commit(lease, lease.rows, DECISION)
    async with library.open() as books:
        assert await books.outbox.claim(clock.now(), clock.now(), 10) == ()
