"""What pulling relies on, kept by the real store and by the one in memory alike."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.wecom.kf.mailboxes import MailboxLibrary
from desk.conversations.incoming import ChannelName, Incoming, Text
from desk.conversations.pulling import Pull
from tests.bot.wecom.memory_mailboxes import MemoryMailboxes

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
LEASE, POLL = timedelta(seconds=30), timedelta(seconds=60)


@pytest.fixture(params=["memory", "stored"])
def boxes(request: pytest.FixtureRequest) -> MailboxLibrary:
    made: MailboxLibrary = (
        MemoryMailboxes() if request.param == "memory" else request.getfixturevalue("library")
    )
    return made


def text(msgid: str) -> Incoming:
    return Incoming(ChannelName.KF, msgid, "wk1", "wmLin", Text("有货吗"), NOW)


async def ring(boxes: MailboxLibrary, knock: str = "ENC1", account: str = "wk1") -> None:
    async with boxes.open() as books:
        await books.pulls.rang(account, knock, NOW)


async def lease(boxes: MailboxLibrary, token: str, now: datetime = NOW) -> Pull | None:
    async with boxes.open() as books:
        return await books.pulls.lease(now, now + LEASE, token, now - POLL)


async def keep(boxes: MailboxLibrary, pull: Pull, cursor: str, *messages: Incoming) -> bool:
    async with boxes.open() as books:
        return await books.pulls.keep(pull, messages, cursor, NOW)


async def finish(boxes: MailboxLibrary, pull: Pull, now: datetime = NOW) -> None:
    async with boxes.open() as books:
        await books.pulls.finished(pull, now)


async def leased(boxes: MailboxLibrary, token: str, now: datetime = NOW) -> Pull:
    pull = await lease(boxes, token, now)
    assert pull is not None
    return pull


async def test_a_rung_mailbox_is_leased_once(boxes: MailboxLibrary) -> None:
    assert await lease(boxes, "t1") is None
    await ring(boxes)
    assert await lease(boxes, "t1") == Pull("wk1", None, "ENC1", 1, "t1")
    assert await lease(boxes, "t2") is None


async def test_a_lease_runs_out(boxes: MailboxLibrary) -> None:
    await ring(boxes)
    old = await leased(boxes, "t1")
    later = NOW + LEASE + timedelta(seconds=1)
    new = await leased(boxes, "t2", later)
    assert not await keep(boxes, old, "c-old", text("m1"))
    assert await keep(boxes, new, "c-new", text("m1"))
    await finish(boxes, new, later)
    await ring(boxes)
    assert (await leased(boxes, "t3", later)).cursor == "c-new"


async def test_the_cursor_moves_with_the_messages(boxes: MailboxLibrary) -> None:
    await ring(boxes)
    pull = await leased(boxes, "t1")
    assert await keep(boxes, pull, "c1", text("m1"), text("m2"))
    assert await keep(boxes, pull, "c2", text("m2"))
    await finish(boxes, pull)
    assert await lease(boxes, "t2") is None
    await ring(boxes, "ENC2")
    assert await lease(boxes, "t2") == Pull("wk1", "c2", "ENC2", 2, "t2")


async def test_a_ring_during_a_pull_is_kept(boxes: MailboxLibrary) -> None:
    await ring(boxes)
    pull = await leased(boxes, "t1")
    await ring(boxes)
    await finish(boxes, pull)
    assert (await leased(boxes, "t2")).rung == 2


async def test_a_quiet_mailbox_is_polled_again(boxes: MailboxLibrary) -> None:
    async with boxes.open() as books:
        await books.pulls.known(["wk1"])
    await finish(boxes, await leased(boxes, "t1"))
    assert await lease(boxes, "t2", NOW + timedelta(seconds=59)) is None
    assert await lease(boxes, "t2", NOW + timedelta(seconds=61))


async def test_a_failed_pull_waits_for_its_moment(boxes: MailboxLibrary) -> None:
    await ring(boxes)
    pull = await leased(boxes, "t1")
    async with boxes.open() as books:
        await books.pulls.failed(pull, NOW + timedelta(seconds=10))
    await ring(boxes)
    assert await lease(boxes, "t2", NOW + timedelta(seconds=9)) is None
    assert await lease(boxes, "t2", NOW + timedelta(seconds=10))


async def test_known_again_changes_nothing(boxes: MailboxLibrary) -> None:
    await ring(boxes)
    pull = await leased(boxes, "t1")
    assert await keep(boxes, pull, "c1", text("m1"))
    await finish(boxes, pull)
    async with boxes.open() as books:
        await books.pulls.known(["wk1"])
    await ring(boxes)
    assert (await leased(boxes, "t2")).cursor == "c1"
