"""Tokens are fetched once for all who wait, and renewed before they end."""

import asyncio
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta

import pytest
from typing_extensions import override

from desk.kernel.errors import AuthExpired, DeskError, Unavailable
from integrations.rate import is_patient, patiently
from integrations.tokens import MemoryTokenCache, Token, TokenKeeper

_START = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class _Clock:
    def __init__(self) -> None:
        self.time = _START

    def now(self) -> datetime:
        return self.time


class _Office:
    """Hands out numbered tokens that live for seven days, unless it is closed."""

    def __init__(self, clock: _Clock) -> None:
        self._clock = clock
        self.asked: list[str | None] = []
        self.closed: DeskError | None = None

    async def fetch(self, spent: str | None) -> Token:
        self.asked.append(spent)
        await asyncio.sleep(0)
        if self.closed is not None:
            raise self.closed
        return Token(f"token-{len(self.asked)}", self._clock.now() + timedelta(days=7))


def _keeper(clock: _Clock, office: _Office) -> TokenKeeper:
    return TokenKeeper("shop", office.fetch, MemoryTokenCache(), clock)


async def test_many_who_wait_get_the_one_token_that_was_fetched() -> None:
    clock = _Clock()
    office = _Office(clock)
    keeper = _keeper(clock, office)

    got = await asyncio.gather(*(keeper.get() for _ in range(20)))

    assert set(got) == {"token-1"}
    assert office.asked == [None]
    assert keeper.expires_at == _START + timedelta(days=7)


async def test_a_token_is_replaced_before_it_ends() -> None:
    clock = _Clock()
    office = _Office(clock)
    keeper = _keeper(clock, office)
    await keeper.get()

    clock.time += timedelta(days=6, hours=13)

    assert await keeper.get() == "token-2"
    assert office.asked == [None, "token-1"]


async def test_many_who_were_turned_down_renew_once() -> None:
    clock = _Clock()
    office = _Office(clock)
    keeper = _keeper(clock, office)
    spent = await keeper.get()

    got = await asyncio.gather(*(keeper.renew(spent) for _ in range(20)))

    assert set(got) == {"token-2"}
    assert office.asked == [None, "token-1"]


async def test_who_waits_behind_a_failure_asks_again() -> None:
    clock = _Clock()
    answers = iter((AuthExpired("x", "x"), Token("good", None)))

    async def fetch(spent: str | None) -> Token:
        answer = next(answers)
        await asyncio.sleep(0)
        if isinstance(answer, AuthExpired):
            raise answer
        return answer

    keeper = TokenKeeper("shop", fetch, MemoryTokenCache(), clock)
    first, second = await asyncio.gather(keeper.get(), keeper.get(), return_exceptions=True)

    assert isinstance(first, AuthExpired)
    assert second == "good"


def test_a_token_does_not_show_itself() -> None:
    assert "secret" not in repr(Token("secret", None))


@pytest.mark.parametrize("left", [timedelta(0), timedelta(hours=1), timedelta(hours=12)])
async def test_a_token_with_little_left_is_not_used(left: timedelta) -> None:
    clock = _Clock()
    office = _Office(clock)
    cache = MemoryTokenCache()
    await cache.put("shop", Token("old", clock.now() + left))

    assert await TokenKeeper("shop", office.fetch, cache, clock).get() == "token-1"


async def test_a_good_token_is_held_and_the_cache_left_in_peace() -> None:
    clock = _Clock()
    office = _Office(clock)
    cache = _CountedCache()
    keeper = TokenKeeper("shop", office.fetch, cache, clock)
    await keeper.get()
    read_once = cache.reads

    assert {await keeper.get() for _ in range(5)} == {"token-1"}

    assert cache.reads == read_once


class _CountedCache(MemoryTokenCache):
    """Counts how often it is read, and may lose what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = 0
        self.is_full = False

    @override
    async def get(self, key: str) -> Token | None:
        self.reads += 1
        return await super().get(key)

    @override
    async def put(self, key: str, token: Token) -> None:
        if self.is_full:
            raise Unavailable("cache.full", "存不下")
        await super().put(key, token)


@pytest.mark.parametrize(
    ("left", "asked"), [(timedelta(minutes=31), 0), (timedelta(minutes=29), 1)]
)
async def test_a_short_lived_token_is_replaced_a_shorter_time_before_its_end(
    left: timedelta, asked: int
) -> None:
    clock = _Clock()
    office = _Office(clock)
    cache = MemoryTokenCache()
    await cache.put("shop", Token("old", clock.now() + left))

    await TokenKeeper("shop", office.fetch, cache, clock, early=timedelta(minutes=30)).get()

    assert len(office.asked) == asked


async def test_of_two_processes_that_begin_only_one_asks() -> None:
    clock = _Clock()
    office = _Office(clock)
    cache = MemoryTokenCache()
    keepers = [TokenKeeper("shop", office.fetch, cache, clock) for _ in range(2)]

    got = await asyncio.gather(*(keeper.get() for keeper in keepers * 5))

    assert set(got) == {"token-1"}
    assert office.asked == [None]


async def test_of_two_processes_that_are_turned_down_only_one_renews() -> None:
    clock = _Clock()
    office = _Office(clock)
    cache = MemoryTokenCache()
    one, other = (TokenKeeper("shop", office.fetch, cache, clock) for _ in range(2))
    spent = await one.get()
    assert await other.get() == spent

    got = await asyncio.gather(*(keeper.renew(spent) for keeper in (one, other) * 5))

    assert set(got) == {"token-2"}
    assert office.asked == [None, "token-1"]
    assert await one.get() == await other.get() == "token-2"


async def test_what_another_process_renewed_is_taken_where_ours_comes_to_its_end() -> None:
    clock = _Clock()
    office = _Office(clock)
    cache = MemoryTokenCache()
    keeper = TokenKeeper("shop", office.fetch, cache, clock)
    await keeper.get()
    clock.time += timedelta(days=6, hours=13)
    await cache.put("shop", Token("of-another", clock.now() + timedelta(days=7)))

    assert await keeper.get() == "of-another"
    assert keeper.expires_at == clock.now() + timedelta(days=7)
    assert office.asked == [None]


@pytest.mark.parametrize("closed", [Unavailable("x", "x"), AuthExpired("x", "x")])
async def test_an_old_token_serves_to_its_end_where_no_new_one_can_be_had(
    closed: DeskError,
) -> None:
    clock = _Clock()
    office = _Office(clock)
    keeper = _keeper(clock, office)
    await keeper.get()
    office.closed = closed

    clock.time += timedelta(days=6, hours=23)
    assert await keeper.get() == "token-1"

    clock.time += timedelta(hours=1)
    with pytest.raises(type(closed)):
        await keeper.get()


async def test_an_office_that_is_closed_is_asked_once_a_minute() -> None:
    clock = _Clock()
    office = _Office(clock)
    keeper = _keeper(clock, office)
    await keeper.get()
    office.closed = Unavailable("x", "x")
    clock.time += timedelta(days=6, hours=13)

    for _ in range(5):
        assert await keeper.get() == "token-1"
    assert len(office.asked) == 2

    office.closed = None
    clock.time += timedelta(minutes=1)
    assert await keeper.get() == "token-3"


async def test_a_token_that_could_not_be_kept_is_not_used() -> None:
    clock = _Clock()
    office = _Office(clock)
    cache = _CountedCache()
    keeper = TokenKeeper("shop", office.fetch, cache, clock)
    cache.is_full = True

    with pytest.raises(Unavailable):
        await keeper.get()
    assert keeper.expires_at is None

    cache.is_full = False
    assert await keeper.get() == "token-2"


async def test_who_gives_up_waiting_leaves_the_way_free_for_the_next() -> None:
    clock = _Clock()
    office = _Office(clock)
    cache = MemoryTokenCache()
    keeper = TokenKeeper("shop", office.fetch, cache, clock)
    async with cache.guard("shop"):
        waiting = asyncio.create_task(keeper.get())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    assert await keeper.get() == "token-1"


async def test_a_token_is_kept_though_who_asked_for_it_gave_up() -> None:
    clock, cache, answer = _Clock(), MemoryTokenCache(), asyncio.Event()
    patient: list[bool] = []

    async def fetch(spent: str | None) -> Token:
        await answer.wait()
        patient.append(is_patient())
        return Token("given-once", None)

    keeper = TokenKeeper("shop", fetch, cache, clock)
    with patiently():
        asking = asyncio.create_task(keeper.get())
        await asyncio.sleep(0.01)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    answer.set()

    assert await keeper.get() == "given-once"
    assert patient == [False]


async def test_of_one_process_only_one_waits_at_the_guard() -> None:
    clock = _Clock()
    cache, waiting = MemoryTokenCache(), list[str]()
    guard = cache.guard

    def counted(key: str) -> AbstractAsyncContextManager[None]:
        waiting.append(key)
        return guard(key)

    cache.guard = counted  # type: ignore[method-assign]  # seen from outside, it is the same
    keeper = TokenKeeper("shop", _Office(clock).fetch, cache, clock)
    await asyncio.gather(*(keeper.get() for _ in range(20)))

    assert waiting == ["shop"]


async def test_another_shops_token_may_be_renewed_meanwhile() -> None:
    clock = _Clock()
    office = _Office(clock)
    cache = MemoryTokenCache()

    async with cache.guard("other"), asyncio.timeout(5):
        assert await TokenKeeper("shop", office.fetch, cache, clock).get() == "token-1"
