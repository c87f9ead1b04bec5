"""Douyin's tokens: each refresh brings the key of the next, which is kept before it is needed."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from typing_extensions import override

from desk.kernel.errors import AuthExpired, Refused, Unavailable
from integrations.douyin.session import EARLY, Session, read_pair
from integrations.platform import ShopEntry
from integrations.tokens import MemoryTokenCache, Token
from integrations.wild import Wild

_START = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
_WEEK = timedelta(days=7)


class _Clock:
    def __init__(self) -> None:
        self.time = _START

    def now(self) -> datetime:
        return self.time


class _Office:
    """Issues numbered pairs as Douyin does; `dead` refuses everything."""

    def __init__(self, clock: _Clock) -> None:
        self._clock = clock
        self.asked: list[tuple[str, str]] = []
        self.issued = 0
        self.ends = clock.now()
        self.dead = False
        self.forgets_refresh = False

    async def ask(self, method: str, params: Mapping[str, object]) -> Wild:
        kind = str(params["grant_type"])
        self.asked.append((kind, str(params.get("refresh_token") or params.get("code") or "")))
        if self.dead or (kind == "refresh_token" and self.forgets_refresh):
            raise Refused("douyin.50002", "no")
        is_same = kind == "refresh_token" and self.ends - self._clock.now() > timedelta(hours=1)
        if not is_same:
            self.issued += 1
            self.ends = self._clock.now() + _WEEK
        return Wild(
            "douyin",
            {
                "access_token": f"access-{self.issued}",
                "refresh_token": f"refresh-{self.issued}",
                "expires_in": int((self.ends - self._clock.now()).total_seconds()),
            },
        )


class _FullCache(MemoryTokenCache):
    """Cannot keep refresh tokens."""

    @override
    async def put(self, key: str, token: Token) -> None:
        if key.endswith(":refresh"):
            raise Unavailable("cache.away", "no")
        await super().put(key, token)


def _entry(**more: str) -> ShopEntry:
    credentials = {"app_key": "735", "app_secret": "s", "shop_id": "84310277", **more}
    return ShopEntry("douyin-main", "douyin", "抖音小店", "", credentials)


async def test_a_shops_own_app_is_granted_a_token_for_its_shop() -> None:
    clock = _Clock()
    office = _Office(clock)
    keeper = Session(_entry(), office.ask, MemoryTokenCache(), clock).keeper

    assert await keeper.get() == "access-1"
    assert await keeper.get() == "access-1"
    assert office.asked == [("authorization_self", "")]
    assert keeper.expires_at == _START + _WEEK


async def test_in_the_last_hour_the_token_is_refreshed_and_not_sooner() -> None:
    clock = _Clock()
    office = _Office(clock)
    keeper = Session(_entry(), office.ask, MemoryTokenCache(), clock).keeper
    await keeper.get()

    clock.time = _START + _WEEK - EARLY - timedelta(minutes=1)
    assert await keeper.get() == "access-1"
    clock.time = _START + _WEEK - EARLY + timedelta(minutes=1)
    assert await keeper.get() == "access-2"

    assert office.asked[1:] == [("refresh_token", "refresh-1")]


async def test_each_refresh_uses_the_newest_key_in_whichever_process() -> None:
    clock = _Clock()
    office, cache = _Office(clock), MemoryTokenCache()
    for _ in range(3):
        await Session(_entry(), office.ask, cache, clock).keeper.get()
        clock.time += _WEEK

    assert office.asked == [
        ("authorization_self", ""),
        ("refresh_token", "refresh-1"),
        ("refresh_token", "refresh-2"),
    ]


async def test_a_token_whose_next_key_could_not_be_kept_is_not_used() -> None:
    clock = _Clock()
    cache = _FullCache()
    keeper = Session(_entry(), _Office(clock).ask, cache, clock).keeper

    with pytest.raises(Unavailable):
        await keeper.get()

    assert keeper.expires_at is None


async def test_the_same_pair_again_is_no_help_and_a_new_grant_is_asked_for() -> None:
    clock = _Clock()
    office = _Office(clock)
    keeper = Session(_entry(), office.ask, MemoryTokenCache(), clock).keeper
    spent = await keeper.get()

    assert await keeper.renew(spent) == "access-2"
    assert [kind for kind, _ in office.asked] == [
        "authorization_self",
        "refresh_token",
        "authorization_self",
    ]


async def test_a_spent_key_leads_to_a_new_grant() -> None:
    clock = _Clock()
    office = _Office(clock)
    keeper = Session(_entry(), office.ask, MemoryTokenCache(), clock).keeper
    await keeper.get()
    office.forgets_refresh = True
    clock.time += timedelta(days=20)

    assert await keeper.get() == "access-2"


async def test_where_neither_helps_the_seller_has_to_authorise_again() -> None:
    clock = _Clock()
    office = _Office(clock)
    keeper = Session(_entry(), office.ask, MemoryTokenCache(), clock).keeper
    spent = await keeper.get()
    office.dead = True

    with pytest.raises(AuthExpired) as caught:
        await keeper.renew(spent)

    assert "重新授权" in caught.value.say
    assert caught.value.code == "douyin.50002"


async def test_a_tools_app_trades_its_code_in_and_refreshes_after() -> None:
    clock = _Clock()
    office, cache = _Office(clock), MemoryTokenCache()
    await Session(_entry(code="C-1"), office.ask, cache, clock).keeper.get()
    clock.time += _WEEK
    await Session(_entry(code="C-1"), office.ask, cache, clock).keeper.get()

    assert office.asked == [("authorization_code", "C-1"), ("refresh_token", "refresh-1")]


async def test_a_new_code_in_the_file_starts_anew() -> None:
    clock = _Clock()
    office, cache = _Office(clock), MemoryTokenCache()
    await Session(_entry(code="C-1"), office.ask, cache, clock).keeper.get()

    assert await Session(_entry(code="C-2"), office.ask, cache, clock).keeper.get() == "access-2"


async def test_a_refresh_token_of_the_file_is_used_first() -> None:
    clock = _Clock()
    office = _Office(clock)
    await Session(_entry(refresh_token="R-0"), office.ask, MemoryTokenCache(), clock).keeper.get()

    assert office.asked == [("refresh_token", "R-0")]


@pytest.mark.parametrize("expires_in", [604800, 1764345600, "604800"])
def test_an_end_is_a_span_of_seconds_or_a_moment(expires_in: object) -> None:
    now = datetime.fromtimestamp(1764345600 - 604800, UTC)
    answer = {"access_token": "a", "refresh_token": "r", "expires_in": expires_in}

    pair = read_pair(Wild("douyin", answer), now)

    assert pair.access.expires_at == now + _WEEK
    assert pair.refresh.value == "r"
