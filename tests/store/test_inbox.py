"""The inbox: each message once, conversations leased once, order kept."""

import asyncio
from datetime import timedelta

from desk.conversations.incoming import ChannelName, Signal, Text
from desk.conversations.model import Lease
from desk.kernel.ids import ConversationId
from desk.store.database import Database
from tests.clocks import FrozenClock
from tests.store.making import lease_next, message, put, worked

HALF_A_MINUTE = timedelta(seconds=30)


async def test_the_same_message_three_times_is_one_row(
    library: Database, clock: FrozenClock
) -> None:
    counted = [await put(library, clock, message("m1"), message("m1")) for _ in range(3)]
    lease = await lease_next(library, clock)
    assert counted == [1, 0, 0]
    assert lease is not None
    assert [row.incoming.external_id for row in lease.rows] == ["m1"]


async def test_the_same_message_at_the_same_moment_is_one_row(
    library: Database, clock: FrozenClock
) -> None:
    counted = await asyncio.gather(*(put(library, clock, message("m1")) for _ in range(10)))
    assert sum(counted) == 1


async def test_an_incoming_message_comes_back_as_it_was(
    library: Database, clock: FrozenClock
) -> None:
    sent = message("m1", Text("有 37 码吗？👟", "go_stock"), historic=True)
    await put(library, clock, sent)
    lease = await lease_next(library, clock)
    assert lease is not None
    assert lease.rows[0].incoming == sent


async def test_a_customer_has_one_conversation_per_account_and_is_one_customer(
    library: Database, clock: FrozenClock
) -> None:
    await put(library, clock, message("m1", account="kf1"), message("m2", account="kf2"))
    leases = [await lease_next(library, clock, token) for token in ("a", "b")]
    conversations = [lease.conversation for lease in leases if lease is not None]
    assert {each.account for each in conversations} == {"kf1", "kf2"}
    assert len({each.customer for each in conversations}) == 1
    assert conversations[0].customer is not None


async def test_new_customers_who_write_to_two_accounts_at_once_become_one(
    library: Database, clock: FrozenClock
) -> None:
    await asyncio.gather(
        *(put(library, clock, message(f"m{n}", account=f"kf{n}")) for n in range(8))
    )
    leases = [await lease_next(library, clock, f"t{n}") for n in range(8)]
    assert len({lease.conversation.customer for lease in leases if lease}) == 1


async def test_a_member_of_staff_is_no_customer(library: Database, clock: FrozenClock) -> None:
    await put(library, clock, message("m1", channel=ChannelName.APP, person="amei"))
    lease = await lease_next(library, clock)
    assert lease is not None
    assert lease.conversation.customer is None
    assert lease.conversation.person == "amei"


async def test_what_no_person_said_is_worked_too(library: Database, clock: FrozenClock) -> None:
    event = message("e1", Signal("servicer_status_change", {"status": "1"}), person="")
    await put(library, clock, event)
    lease = await lease_next(library, clock)
    assert lease is not None
    assert lease.conversation.customer is None
    assert lease.rows[0].incoming == event


async def test_twenty_workers_lease_a_conversation_once(
    library: Database, clock: FrozenClock
) -> None:
    await put(library, clock, message("m1"))
    leases = await asyncio.gather(*(lease_next(library, clock, f"t{n}") for n in range(20)))
    assert sum(lease is not None for lease in leases) == 1


async def test_twenty_workers_lease_twenty_conversations(
    library: Database, clock: FrozenClock
) -> None:
    await put(library, clock, *(message(f"m{n}", person=f"wm{n}") for n in range(20)))
    leases = await asyncio.gather(*(lease_next(library, clock, f"t{n}") for n in range(20)))
    assert len({lease.conversation.person for lease in leases if lease}) == 20


async def test_the_conversation_that_waits_longest_is_leased_first(
    library: Database, clock: FrozenClock
) -> None:
    await put(library, clock, message("m1", person="early"))
    clock.turn(timedelta(seconds=1))
    await put(library, clock, message("m2", person="late"))
    clock.turn(timedelta(seconds=1))
    await put(library, clock, message("m3", person="early"))
    lease = await lease_next(library, clock)
    assert lease is not None
    assert lease.conversation.person == "early"


async def test_two_messages_within_a_moment_keep_their_order(
    library: Database, clock: FrozenClock
) -> None:
    await put(library, clock, message("b-first"))
    clock.turn(timedelta(milliseconds=200))
    await put(library, clock, message("a-second", sent_at=clock.now() - timedelta(seconds=1)))
    lease = await lease_next(library, clock)
    assert lease is not None
    assert [row.incoming.external_id for row in lease.rows] == ["b-first", "a-second"]


async def test_a_page_of_messages_keeps_its_order(library: Database, clock: FrozenClock) -> None:
    names = [f"{n * 37 % 50:02}" for n in range(50)]
    await put(library, clock, *(message(name) for name in names))
    lease = await lease_next(library, clock)
    assert lease is not None
    assert [row.incoming.external_id for row in lease.rows] == names


async def test_a_lease_that_ran_out_goes_to_somebody_else_and_its_token_is_refused(
    library: Database, clock: FrozenClock
) -> None:
    await put(library, clock, message("m1"))
    first = await lease_next(library, clock, "first")
    clock.turn(HALF_A_MINUTE)
    second = await lease_next(library, clock, "second")
    assert first is not None
    assert second is not None
    async with library.open() as books:
        assert not await books.inbox.hold(first, clock.now())
        assert await books.inbox.hold(second, clock.now())


async def test_a_late_commit_is_fine_while_nobody_else_has_the_conversation(
    library: Database, clock: FrozenClock
) -> None:
    await put(library, clock, message("m1"))
    lease = await lease_next(library, clock)
    clock.turn(2 * HALF_A_MINUTE)
    assert lease is not None
    async with library.open() as books:
        assert await books.inbox.hold(lease, clock.now())


async def test_a_stale_release_does_not_free_the_new_lease(
    library: Database, clock: FrozenClock
) -> None:
    await put(library, clock, message("m1"))
    first = await lease_next(library, clock, "first")
    clock.turn(HALF_A_MINUTE)
    await lease_next(library, clock, "second")
    assert first is not None
    await _release(library, first)
    assert await lease_next(library, clock, "third") is None


async def test_worked_rows_are_gone_and_later_ones_come_with_the_next_lease(
    library: Database, clock: FrozenClock
) -> None:
    await put(library, clock, message("m1"))
    lease = await lease_next(library, clock)
    assert lease is not None
    await put(library, clock, message("m2"))
    assert await lease_next(library, clock, "other") is None
    await _done(library, lease, clock)
    again = await lease_next(library, clock)
    assert again is not None
    assert [row.incoming.external_id for row in again.rows] == ["m2"]
    await _done(library, again, clock)
    assert await lease_next(library, clock) is None


async def test_a_message_that_comes_in_during_the_commit_is_not_forgotten(
    library: Database, clock: FrozenClock
) -> None:
    await put(library, clock, message("m1"))
    lease = await lease_next(library, clock)
    assert lease is not None
    async with library.open() as books:
        assert await books.inbox.hold(lease, clock.now())
        coming = asyncio.create_task(put(library, clock, message("m2")))
        await asyncio.sleep(0.1)
        await books.inbox.done([row.id for row in lease.rows], clock.now())
        await books.inbox.release(lease)
    await coming
    again = await lease_next(library, clock)
    assert again is not None
    assert [row.incoming.external_id for row in again.rows] == ["m2"]


async def test_a_release_that_waits_for_a_new_message_sees_it(
    library: Database, clock: FrozenClock
) -> None:
    await put(library, clock, message("m1"))
    lease = await lease_next(library, clock)
    assert lease is not None
    async with library.open() as books:
        await books.inbox.done([row.id for row in lease.rows], clock.now())
    async with library.open() as books:
        await books.inbox.put([message("m2")], clock.now())
        releasing = asyncio.create_task(_release(library, lease))
        await asyncio.sleep(0.1)
    await releasing
    again = await lease_next(library, clock)
    assert again is not None
    assert [row.incoming.external_id for row in again.rows] == ["m2"]


async def test_a_failed_turn_is_tried_again_later_and_holds_those_behind_it(
    library: Database, clock: FrozenClock
) -> None:
    await put(library, clock, message("m1"), message("m2"))
    lease = await lease_next(library, clock)
    assert lease is not None
    retry_at = clock.now() + timedelta(seconds=5)
    async with library.open() as books:
        await books.inbox.failed(lease.rows[0].id, "shop_down", retry_at, clock.now())
        await books.inbox.release(lease)
    assert await lease_next(library, clock) is None
    clock.turn(timedelta(seconds=5))
    again = await lease_next(library, clock)
    assert again is not None
    assert [(row.incoming.external_id, row.attempts) for row in again.rows] == [
        ("m1", 1),
        ("m2", 0),
    ]


async def test_a_message_that_waits_for_more_comes_back_with_it_and_counts_no_attempt(
    library: Database, clock: FrozenClock
) -> None:
    await put(library, clock, message("m1"))
    lease = await lease_next(library, clock)
    assert lease is not None
    async with library.open() as books:
        await books.inbox.wait([lease.rows[0].id], clock.now() + timedelta(seconds=1))
        assert await books.inbox.release(lease)
    await put(library, clock, message("m2"))
    assert await lease_next(library, clock) is None
    clock.turn(timedelta(seconds=1))
    again = await lease_next(library, clock)
    assert again is not None
    assert [(row.incoming.external_id, row.attempts) for row in again.rows] == [
        ("m1", 0),
        ("m2", 0),
    ]


async def test_a_message_behind_a_retry_does_not_wake_the_conversation_early(
    library: Database, clock: FrozenClock
) -> None:
    await put(library, clock, message("m1"))
    lease = await lease_next(library, clock)
    assert lease is not None
    async with library.open() as books:
        await books.inbox.failed(
            lease.rows[0].id, "shop_down", clock.now() + timedelta(seconds=5), clock.now()
        )
        await books.inbox.release(lease)
    await put(library, clock, message("m2"))
    assert await lease_next(library, clock) is None


async def test_a_dead_letter_lets_those_behind_it_pass(
    library: Database, clock: FrozenClock
) -> None:
    await put(library, clock, message("m1"), message("m2"))
    lease = await lease_next(library, clock)
    assert lease is not None
    async with library.open() as books:
        await books.inbox.failed(lease.rows[0].id, "ValueError", None, clock.now())
        await books.inbox.release(lease)
    again = await lease_next(library, clock)
    assert again is not None
    assert [row.incoming.external_id for row in again.rows] == ["m2"]


async def test_a_dead_letter_that_is_put_back_is_worked_again(
    library: Database, clock: FrozenClock
) -> None:
    await put(library, clock, message("m1"))
    lease = await lease_next(library, clock)
    assert lease is not None
    async with library.open() as books:
        await books.inbox.failed(lease.rows[0].id, "ValueError", None, clock.now())
        await books.inbox.release(lease)
        (letter,) = await books.outbox.dead_letters(10)
        assert (letter.kind, letter.error, letter.attempts) == ("inbox", "ValueError", 1)
        assert await books.outbox.redeliver(letter.id, clock.now())
        assert await books.outbox.dead_letters(10) == ()
        assert not await books.outbox.redeliver(letter.id, clock.now())
    again = await lease_next(library, clock)
    assert again is not None
    assert [(row.incoming.external_id, row.attempts) for row in again.rows] == [("m1", 0)]


async def test_a_recalled_message_is_blank(library: Database, clock: FrozenClock) -> None:
    await put(library, clock, message("m1", Text("我的电话是 13800000000")))
    async with library.open() as books:
        await books.inbox.erase(ChannelName.KF, "m1")
    lease = await lease_next(library, clock)
    assert lease is not None
    assert lease.rows[0].incoming.content == Text("")


async def test_text_that_postgresql_cannot_hold_does_not_stop_the_inbox(
    library: Database, clock: FrozenClock
) -> None:
    await put(library, clock, message("m1", Text("零\x00和半个\ud83d字")))
    lease = await lease_next(library, clock)
    assert lease is not None
    assert lease.rows[0].incoming.content == Text("零和半个?字")


async def _release(library: Database, lease: Lease) -> None:
    async with library.open() as books:
        await books.inbox.release(lease)


async def _done(library: Database, lease: Lease, clock: FrozenClock) -> None:
    async with library.open() as books:
        assert await books.inbox.hold(lease, clock.now())
        await books.inbox.done([row.id for row in lease.rows], clock.now())
        await books.inbox.release(lease)


async def test_the_send_budget_starts_anew_with_the_message_not_with_its_turn(
    library: Database, clock: FrozenClock
) -> None:
    lease = await worked(library, clock, *(message(f"m{n}") for n in range(3)))
    talk = lease.conversation.id
    assert [await _charged(library, clock, talk) for _ in range(6)] == [True] * 5 + [False]
    await put(library, clock, message("m0"))
    assert not await _charged(library, clock, talk)
    await put(library, clock, message("event", Signal("enter_session", {})))
    assert not await _charged(library, clock, talk)
    await put(library, clock, message("m3"))
    assert await _charged(library, clock, talk)


async def test_what_was_said_before_the_house_opened_gives_no_budget(
    library: Database, clock: FrozenClock
) -> None:
    lease = await worked(library, clock, message("old", historic=True))
    assert not await _charged(library, clock, lease.conversation.id)


async def _charged(library: Database, clock: FrozenClock, talk: ConversationId) -> bool:
    async with library.open() as books:
        return await books.conversations.charge(talk, 5, clock.now() - timedelta(hours=48))
