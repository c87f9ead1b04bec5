"""Tokens are fetched once for all who wait, and renewed before they end."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from desk.kernel.errors import AuthExpired
from integrations.tokens import MemoryTokenCache, Token, TokenKeeper

_START = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class _Clock:
    def __init__(self) -> None:
        self.time = _START

    def now(self) -> datetime:
        return self.time


class _Office:
    """Hands out numbered tokens that live for seven days."""

    def __init__(self, clock: _Clock) -> None:
        self._clock = clock
        self.asked: list[str | None] = []

    async def fetch(self, spent: str | None) -> Token:
        self.asked.append(spent)
        await asyncio.sleep(0)
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
