"""Pulling: no message is lost, none is stored without its cursor, nothing storms."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.wecom.kf.mailboxes import make_known
from bot.wecom.kf.puller import Puller, PullTimes
from desk.conversations.incoming import Text
from tests.bot.wecom.memory_mailboxes import MemoryMailboxes, StoreFails
from tests.bot.wecom.scripted_wecom import Hangs, Outfit, ScriptedWeCom, Silent, Step, refusal

SYNC = "kf/sync_msg"


def row(msgid: str, ago: timedelta = timedelta()) -> dict[str, object]:
    sent = int((datetime.now(UTC) - ago).timestamp())
    return {
        "msgid": msgid,
        "open_kfid": "wk1",
        "external_userid": "wmLin",
        "send_time": sent,
        "origin": 3,
        "msgtype": "text",
        "text": {"content": msgid},
    }


def page(cursor: str, *rows: dict[str, object], more: int = 0) -> Step:
    return {"errcode": 0, "next_cursor": cursor, "has_more": more, "msg_list": list(rows)}


@dataclass
class PullHouse:
    """A puller with its mailboxes and WeCom."""

    wecom: ScriptedWeCom
    kit: Outfit
    times: PullTimes = field(default_factory=PullTimes)
    library: MemoryMailboxes = field(default_factory=MemoryMailboxes)
    news: int = 0

    def __post_init__(self) -> None:
        self.puller = Puller(
            self.kit.client, self.library, self.kit.clock, "1000002", self._heard, self.times
        )

    def _heard(self) -> None:
        self.news += 1

    async def ring(self, knock: str = "ENC1", account: str = "wk1") -> None:
        await self.library.pulls.rang(account, knock, self.kit.clock.now())

    async def work(self) -> int:
        pulls = await self.puller.lease(8)
        await asyncio.gather(*(self.puller.pull(each) for each in pulls))
        return len(pulls)

    @property
    def stored(self) -> Sequence[str]:
        return list(self.library.pulls.stored)

    @property
    def historic(self) -> Sequence[bool]:
        return [each.historic for each in self.library.pulls.stored.values()]

    @property
    def asked(self) -> list[dict[str, object]]:
        return self.wecom.bodies(SYNC)


@pytest.fixture
def house(wecom: ScriptedWeCom, kit: Outfit) -> PullHouse:
    return PullHouse(wecom, kit)


async def test_all_pages_are_stored_even_after_an_empty_one(house: PullHouse) -> None:
    house.wecom.script[SYNC] = [
        page("c1", row("m1"), row("m2"), more=1),
        page("c2", more=1),
        page("c3", row("m3")),
    ]
    await house.ring()
    assert await house.work() == 1
    assert house.stored == ["m1", "m2", "m3"]
    assert [each.get("cursor") for each in house.asked] == [None, "c1", "c2"]
    assert {each["token"] for each in house.asked} == {"ENC1"}
    assert {each["open_kfid"] for each in house.asked} == {"wk1"}
    assert house.library.pulls.boxes["wk1"].cursor == "c3"
    assert house.news == 2


async def test_the_next_doorbell_goes_on_at_the_cursor(house: PullHouse) -> None:
    house.wecom.script[SYNC] = [page("c1", row("m1")), page("c2", row("m2"))]
    await house.ring("ENC1")
    await house.work()
    assert await house.work() == 0
    await house.ring("ENC2")
    assert await house.work() == 1
    assert house.asked[1]["cursor"] == "c1"
    assert house.stored == ["m1", "m2"]


async def test_a_doorbell_during_a_pull_is_not_lost(house: PullHouse) -> None:
    house.wecom.script[SYNC] = [page("c1", row("m1")), page("c2", row("m2"))]
    await house.ring()
    [pull] = await house.puller.lease(8)
    await house.ring()
    assert await house.puller.lease(8) == []
    await house.puller.pull(pull)
    assert await house.work() == 1
    assert house.stored == ["m1", "m2"]


async def test_old_news_of_a_cold_start_are_historic_and_fresh_ones_are_not(
    house: PullHouse,
) -> None:
    house.wecom.script[SYNC] = [
        page("c1", row("old", timedelta(hours=30)), row("late", timedelta(minutes=11)), more=1),
        page("c2", row("older page", timedelta(minutes=20)), row("fresh", timedelta(minutes=9))),
        page("c3", row("after", timedelta(hours=2))),
    ]
    await house.ring()
    await house.work()
    assert house.historic == [True, True, True, False]
    await house.ring()
    await house.work()
    assert house.historic == [True, True, True, False, False]


async def test_a_cold_start_that_was_broken_off_stays_cold(house: PullHouse) -> None:
    house.wecom.script[SYNC] = [
        page("c1", row("m1", timedelta(hours=30)), more=1),
        Hangs(), Hangs(), Hangs(), Hangs(),
        page("c2", row("m2", timedelta(hours=29)), more=0),
        page("c3", row("m3", timedelta(hours=1))),
    ]  # fmt: skip
    await house.ring()
    await house.work()
    house.kit.clock.offset += timedelta(seconds=3)
    await house.work()
    await house.ring()
    await house.work()
    assert [each.get("cursor") for each in house.asked] == [None, *["c1"] * 5, "c2"]
    assert house.historic == [True, True, False]


async def test_an_expired_doorbell_token_is_left_out(house: PullHouse) -> None:
    house.wecom.script[SYNC] = [
        refusal(95007, "invalid msg token"),
        page("c1", row("m1"), more=1),
        page("c2", row("m2")),
    ]
    await house.ring("stale")
    await house.work()
    assert [each.get("token") for each in house.asked] == ["stale", None, None]
    assert house.stored == ["m1", "m2"]


async def test_a_refused_cursor_starts_a_cold_drain(house: PullHouse) -> None:
    house.wecom.script[SYNC] = [
        page("c1", row("m1")),
        refusal(50100, "invalid cursor"),
        page("d1", row("m1"), row("backlog", timedelta(hours=5)), row("m2")),
    ]
    await house.ring()
    await house.work()
    await house.ring()
    await house.work()
    assert "cursor" not in house.asked[-1]
    assert house.stored == ["m1", "backlog", "m2"]
    assert house.historic == [False, True, False]


async def test_a_refused_token_and_a_refused_cursor_together_hold_up_nothing(
    house: PullHouse,
) -> None:
    house.wecom.script[SYNC] = [
        page("c1", row("m1")),
        refusal(95007, "invalid msg token"),
        refusal(50100, "invalid cursor"),
        page("d1", row("m2")),
    ]
    await house.ring()
    await house.work()
    await house.ring("stale")
    await house.work()
    assert house.stored == ["m1", "m2"]


@pytest.mark.parametrize(("errcode", "seconds"), [(45009, 5), (48007, 60), (95004, 60)])
async def test_a_refused_mailbox_rests_for_a_while(
    house: PullHouse, errcode: int, seconds: int
) -> None:
    house.wecom.script[SYNC] = [refusal(errcode), page("c1", row("m1"))]
    await house.ring()
    await house.work()
    assert await house.work() == 0
    house.kit.clock.offset += timedelta(seconds=seconds - 2)
    assert await house.work() == 0
    house.kit.clock.offset += timedelta(seconds=4)
    assert await house.work() == 1
    assert house.stored == ["m1"]


async def test_lost_answers_rest_longer_and_longer(house: PullHouse) -> None:
    house.wecom.script[SYNC] = [Hangs()]
    await house.ring()
    rests = []
    for _ in range(7):
        await house.work()
        box = house.library.pulls.boxes["wk1"]
        assert box.retry_at is not None
        rests.append(round((box.retry_at - house.kit.clock.now()).total_seconds()))
        house.kit.clock.offset += timedelta(seconds=61)
    assert rests == [2, 4, 8, 16, 32, 60, 60]
    assert house.stored == []


async def test_who_lost_the_lease_stores_nothing(house: PullHouse) -> None:
    house.wecom.script[SYNC] = [page("c1", row("m1"), more=1), page("c2", row("m2"))]
    await house.ring()
    [pull] = await house.puller.lease(8)
    house.library.pulls.take_away("wk1")
    await house.puller.pull(pull)
    assert house.stored == []
    assert house.news == 0
    assert house.library.pulls.boxes["wk1"].token == "another"


async def test_a_long_drain_goes_on_under_a_new_lease(wecom: ScriptedWeCom, kit: Outfit) -> None:
    house = PullHouse(wecom, kit, PullTimes(hand_back=timedelta()))
    wecom.script[SYNC] = [page(f"c{n}", row(f"m{n}"), more=1) for n in range(1, 4)]
    wecom.script[SYNC].append(page("c4", row("m4")))
    await house.ring()
    assert [await house.work() for _ in range(5)] == [1, 1, 1, 1, 0]
    assert house.stored == ["m1", "m2", "m3", "m4"]


async def test_a_cancelled_pull_gives_its_lease_back(house: PullHouse) -> None:
    house.wecom.script[SYNC] = [Silent(5), page("c1", row("m1"))]
    await house.ring()
    [pull] = await house.puller.lease(8)
    task = asyncio.create_task(house.puller.pull(pull))
    await house.wecom.arrived[SYNC].wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    house.kit.clock.offset += timedelta(seconds=3)
    assert await house.work() == 1
    assert house.stored == ["m1"]


async def test_a_store_that_fails_leaves_nothing_leased(house: PullHouse) -> None:
    house.wecom.script[SYNC] = [page("c1", row("m1"))]
    await house.ring()
    house.library.pulls.failures = 1
    with pytest.raises(StoreFails):
        await house.work()
    assert await house.work() == 0
    house.kit.clock.offset += timedelta(seconds=3)
    assert await house.work() == 1
    assert house.stored == ["m1"]


async def test_known_accounts_are_looked_at_every_minute(house: PullHouse) -> None:
    house.wecom.script["kf/account/list"] = [
        {"errcode": 0, "account_list": [{"open_kfid": "wk1", "name": "客服"}]}
    ]
    house.wecom.script[SYNC] = [page("c1", row("m1"))]
    assert await make_known(house.kit.client, house.library)
    assert await house.work() == 1
    assert "token" not in house.asked[0]
    assert await house.work() == 0
    house.kit.clock.offset += timedelta(seconds=61)
    assert await house.work() == 1


async def test_more_than_a_hundred_accounts_are_all_known(house: PullHouse) -> None:
    def accounts(start: int, count: int) -> Step:
        rows = [{"open_kfid": f"wk{n}", "name": "客服"} for n in range(start, start + count)]
        return {"errcode": 0, "account_list": rows}

    house.wecom.script["kf/account/list"] = [accounts(0, 100), accounts(100, 7)]
    assert await make_known(house.kit.client, house.library)
    assert len(house.library.pulls.boxes) == 107
    assert [each["offset"] for each in house.wecom.bodies("kf/account/list")] == [0, 100]


async def test_a_refusal_to_list_accounts_is_no_crash(house: PullHouse) -> None:
    house.wecom.script["kf/account/list"] = [refusal(48002)]
    assert not await make_known(house.kit.client, house.library)


async def test_a_database_that_is_away_while_accounts_are_listed_is_no_crash(
    house: PullHouse,
) -> None:
    accounts: Step = {"errcode": 0, "account_list": [{"open_kfid": "wk1", "name": "客服"}]}
    house.wecom.script["kf/account/list"] = [accounts, accounts]
    house.library.away = True
    assert not await make_known(house.kit.client, house.library)
    house.library.away = False
    assert await make_known(house.kit.client, house.library)


async def test_a_slow_account_holds_up_no_other(house: PullHouse) -> None:
    house.wecom.script[SYNC] = [Silent(2), page("c1", row("m1"))]
    await house.ring(account="wk1")
    [slow] = await house.puller.lease(8)
    task = asyncio.create_task(house.puller.pull(slow))
    await house.wecom.arrived[SYNC].wait()
    await house.ring(account="wk2")
    assert await house.work() == 1
    assert [each.content for each in house.library.pulls.stored.values()] == [Text("m1")]
    assert not task.done()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
