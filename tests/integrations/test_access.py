"""Access to the platforms: tokens and sessions that end, are refused, come back."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from typing_extensions import override

from desk.kernel.errors import AuthExpired, Refused, Unavailable
from desk.shops.port import Shop
from desk.shops.powers import HoldsToken
from integrations.catalog import connected_shops, read_entries
from integrations.tokens import MemoryTokenCache, Token, TokenCache
from tests.integrations.scripted_gateway import Script, scripted

_NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
_ENDS = _NOW + timedelta(days=7)
_NO_ITEMS: dict[str, object] = {"response": {"count": 0, "items": []}}


class _Clock:
    def now(self) -> datetime:
        return _NOW


@asynccontextmanager
async def _youzan(script: Script, tokens: TokenCache | None = None) -> AsyncIterator[Shop]:
    credentials = {"client_id": "c", "client_secret": "s3cret", "kdt_id": "1"}
    async with scripted(script) as url, _opened("youzan", url, credentials, tokens) as shop:
        yield shop


@asynccontextmanager
async def _taobao(
    script: Script, tokens: TokenCache | None = None, **more: str
) -> AsyncIterator[Shop]:
    credentials = {"app_key": "k", "app_secret": "s3cret", "session": "first", **more}
    async with scripted(script) as url, _opened("taobao", url, credentials, tokens) as shop:
        yield shop


@asynccontextmanager
async def _opened(
    platform: str, url: str, credentials: dict[str, str], tokens: TokenCache | None
) -> AsyncIterator[Shop]:
    entry = {"id": "s", "platform": platform, "name": "店", "base_url": url}
    entries = read_entries([{**entry, "credentials": credentials}])
    async with connected_shops(entries, _Clock(), tokens) as (shop,):
        yield shop


def _token(value: str) -> dict[str, object]:
    data = {"access_token": value, "expires": int(_ENDS.timestamp() * 1000)}
    return {"success": True, "code": 200, "data": data}


async def test_youzans_token_is_fetched_once_and_its_end_is_told() -> None:
    asked: Counter[str] = Counter()

    def script(path: str, sent: dict[str, str]) -> object:
        asked[path.split("/")[1]] += 1
        return _token("t1") if path == "/auth/token" else _NO_ITEMS

    async with _youzan(script) as shop:
        await asyncio.gather(*(shop.find_items(str(number)) for number in range(10)))

        assert isinstance(shop, HoldsToken)
        assert shop.token_expires_at == _ENDS
    assert asked == {"auth": 1, "api": 10}


async def test_a_shared_cache_saves_a_second_process_the_asking() -> None:
    asked: Counter[str] = Counter()
    tokens = MemoryTokenCache()

    def script(path: str, sent: dict[str, str]) -> object:
        asked[path.split("/")[1]] += 1
        return _token("t1") if path == "/auth/token" else _NO_ITEMS

    for _ in range(2):
        async with _youzan(script, tokens) as shop:
            await shop.find_items("")

    assert asked["auth"] == 1


class _Office:
    """Youzan's way with tokens: one is valid at a time, a new one is made only on demand."""

    def __init__(self) -> None:
        self.valid = 1
        self.demanded: list[str] = []

    def answer(self, path: str, sent: dict[str, str]) -> object:
        """Answer a call or a question for a token."""
        if path == "/auth/token":
            self.demanded.append(sent["refresh"])
            self.valid += sent["refresh"] == "True"
            return _token(f"t{self.valid}")
        if sent["access_token"] == f"t{self.valid}" and self.valid > 1:
            return _NO_ITEMS
        return {"gw_err_resp": {"err_code": self.code, "err_msg": "请求凭证过期"}}

    code = 4202


@pytest.mark.parametrize("code", [4201, 4202, 4203])
async def test_a_token_that_is_refused_once_is_renewed_and_the_call_repeated(code: int) -> None:
    office = _Office()
    office.code = code

    async with _youzan(office.answer) as shop:
        assert await shop.find_items("") == ()

    assert office.demanded == ["False", "False", "True"]


async def test_two_processes_do_not_end_each_others_tokens_for_ever() -> None:
    office = _Office()

    async with _youzan(office.answer) as one, _youzan(office.answer) as other:
        for _ in range(3):
            await one.find_items("")
            await other.find_items("")

    assert office.demanded.count("True") == 1


async def test_a_token_that_is_refused_twice_needs_a_person() -> None:
    calls: Counter[str] = Counter()

    def script(path: str, sent: dict[str, str]) -> object:
        calls[path.split("/")[1]] += 1
        if path == "/auth/token":
            return _token(f"t{calls['auth']}")
        return {"gw_err_resp": {"err_code": 4203, "err_msg": "Token 不存在"}}

    async with _youzan(script) as shop:
        with pytest.raises(AuthExpired):
            await shop.find_items("")

    assert calls == {"auth": 2, "api": 2}


@pytest.mark.parametrize(
    ("code", "error"), [(1000, AuthExpired), (1004, AuthExpired), (5001, Unavailable)]
)
async def test_a_refused_secret_needs_a_person_and_trouble_does_not(
    code: int, error: type[Exception]
) -> None:
    def script(path: str, sent: dict[str, str]) -> object:
        return {"success": False, "code": code, "data": None, "message": "应用信息错误"}

    async with _youzan(script) as shop:
        with pytest.raises(error) as caught:
            await shop.find_items("")

    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"gw_err_resp": {"err_code": 4101, "err_msg": "调用频率超限"}}, Unavailable),
        ({"gw_err_resp": {"err_code": 4204, "err_msg": "无权限访问"}}, Refused),
        ({"gw_err_resp": {"err_code": 4007, "err_msg": "源IP地址非法"}}, Refused),
        ({"error_response": {"code": 5003, "msg": "系统繁忙"}}, Unavailable),
        ({"error_response": {"code": 140500101, "msg": "参数错误"}}, Refused),
        ({"success": False, "code": "101", "message": "参数错误"}, Refused),
        ({"success": True, "code": "200", "data": {"items": [{}], "count": 1}}, Unavailable),
        ({}, Unavailable),
        ([], Unavailable),
    ],
)
async def test_each_way_of_youzan_to_say_no_is_understood(
    answer: object, error: type[Exception]
) -> None:
    def script(path: str, sent: dict[str, str]) -> object:
        return _token("t1") if path == "/auth/token" else answer

    async with _youzan(script) as shop:
        with pytest.raises(error):
            await shop.find_items("")


def _top_error(code: int, sub_code: str = "") -> dict[str, object]:
    return {"error_response": {"code": code, "msg": "no", "sub_code": sub_code}}


_NO_TOP_ITEMS: dict[str, object] = {"items_onsale_get_response": {"total_results": 0}}


async def test_a_session_that_ended_is_refreshed_where_it_can_be() -> None:
    refreshed_with: list[str] = []

    def script(path: str, sent: dict[str, str]) -> object:
        if sent["method"] == "taobao.top.auth.token.refresh":
            assert "session" not in sent
            refreshed_with.append(sent["refresh_token"])
            number = len(refreshed_with)
            result = {
                "access_token": f"s{number}",
                "refresh_token": f"r{number}",
                "expires_in": 86_400,
            }
            return {"top_auth_token_refresh_response": {"token_result": json.dumps(result)}}
        return _NO_TOP_ITEMS if sent["session"] in good else _top_error(27, "invalid-sessionkey")

    good = {"s1"}
    async with _taobao(script, refresh_token="r0") as shop:
        await asyncio.gather(*(shop.find_items("") for _ in range(5)))
        assert isinstance(shop, HoldsToken)
        assert shop.token_expires_at == _NOW + timedelta(days=1)

        good = {"s2"}
        await shop.find_items("")

    assert refreshed_with == ["r0", "r1"]


class _FullOnce(MemoryTokenCache):
    """A cache that loses the first session it is given, but no refresh token."""

    def __init__(self) -> None:
        super().__init__()
        self.lost = 0

    @override
    async def put(self, key: str, token: Token) -> None:
        if token.value == "s1":
            self.lost += 1
            raise Unavailable("cache.full", "存不下")
        await super().put(key, token)


async def test_a_refresh_token_that_is_given_once_outlives_the_session_that_came_with_it() -> None:
    refreshed_with: list[str] = []
    tokens = _FullOnce()

    def script(path: str, sent: dict[str, str]) -> object:
        if sent["method"] == "taobao.top.auth.token.refresh":
            refreshed_with.append(sent["refresh_token"])
            number = len(refreshed_with)
            result = {
                "access_token": f"s{number}",
                "refresh_token": f"r{number}",
                "expires_in": 86_400,
            }
            return {"top_auth_token_refresh_response": {"token_result": json.dumps(result)}}
        return _NO_TOP_ITEMS if sent["session"] == "s2" else _top_error(27)

    async with _taobao(script, tokens, refresh_token="r0") as shop:
        with pytest.raises(Unavailable):
            await shop.find_items("")
    async with _taobao(script, tokens, refresh_token="r0") as shop:
        assert await shop.find_items("") == ()

    assert tokens.lost == 1
    assert refreshed_with == ["r0", "r1"]


async def test_two_processes_refresh_one_session_once() -> None:
    refreshed_with: list[str] = []
    tokens = MemoryTokenCache()

    def script(path: str, sent: dict[str, str]) -> object:
        if sent["method"] == "taobao.top.auth.token.refresh":
            refreshed_with.append(sent["refresh_token"])
            result = {"access_token": "s1", "refresh_token": "r1", "expires_in": 86_400}
            return {"top_auth_token_refresh_response": {"token_result": json.dumps(result)}}
        return _NO_TOP_ITEMS if sent["session"] == "s1" else _top_error(27)

    async with (
        _taobao(script, tokens, refresh_token="r0") as one,
        _taobao(script, tokens, refresh_token="r0") as other,
    ):
        await asyncio.gather(*(shop.find_items("") for shop in (one, other) * 5))

    assert refreshed_with == ["r0"]


async def test_a_new_session_in_the_shops_file_is_used_in_spite_of_an_old_one_in_the_cache() -> (
    None
):
    tokens = MemoryTokenCache()

    def script(path: str, sent: dict[str, str]) -> object:
        return _NO_TOP_ITEMS if sent["session"] == "second" else _top_error(27)

    async with _taobao(script, tokens) as shop:
        with pytest.raises(AuthExpired):
            await shop.find_items("")
    async with _taobao(script, tokens, session="second") as shop:
        assert await shop.find_items("") == ()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (_top_error(7, "accesscontrol.limited-by-app-access-count"), Unavailable),
        (_top_error(15, "isp.remote-service-timeout"), Unavailable),
        (_top_error(15, "isv.item-is-delete:invalid-numIid"), Refused),
        (_top_error(11, "isv.permission-api-package-limit"), Refused),
        (_top_error(25), Refused),
        (_top_error(26), AuthExpired),
        (_top_error(27), AuthExpired),
        ({"items_onsale_get_response": {"items": {"item": [{}]}}}, Unavailable),
        ({}, Unavailable),
        ([], Unavailable),
    ],
)
async def test_each_way_of_top_to_say_no_is_understood(
    answer: object, error: type[Exception]
) -> None:
    async with _taobao(lambda path, sent: answer) as shop:
        with pytest.raises(error):
            await shop.find_items("")


async def test_no_empty_parameter_is_sent_to_top() -> None:
    seen: list[dict[str, str]] = []

    def script(path: str, sent: dict[str, str]) -> object:
        seen.append(sent)
        return _NO_TOP_ITEMS

    async with _taobao(script) as shop:
        await shop.find_items("")

    (sent,) = seen
    assert "q" not in sent
    assert all(sent.values())
    assert sent["timestamp"] == "2026-11-21 20:00:00"
