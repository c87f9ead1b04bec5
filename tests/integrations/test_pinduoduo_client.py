"""Calls are signed as Pinduoduo wants them; tokens rotate without one being lost."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from typing_extensions import override

from desk.kernel.errors import AuthExpired, DeskError, Refused, Unavailable
from desk.shops.port import ItemId
from integrations.pinduoduo.client import PinduoduoRefused
from integrations.pinduoduo.session import Session
from integrations.platform import BadShopEntry
from integrations.signing import SignMethod, sign_sorted
from integrations.tokens import MemoryTokenCache, Token
from tests.integrations.pinduoduo_scripted import Sent, entry, refreshed, refusal, shop_on

_NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
_END = int((_NOW + timedelta(days=300)).timestamp())
_NUMBER = "261118-093512447180026"
_GOODS = ItemId("pdd-main", "583920174402")
_DETAIL: dict[str, object] = {"goods_detail_get_response": {"sku_list": []}}
_REFRESH = "pdd.pop.auth.token.refresh"


class _Clock:
    def now(self) -> datetime:
        return _NOW


class _Cache(MemoryTokenCache):
    """Remembers what was put, and can be away."""

    def __init__(self) -> None:
        super().__init__()
        self.log: list[str] = []
        self.away = False

    @override
    async def put(self, key: str, token: Token) -> None:
        if self.away:
            raise Unavailable("tokens.away", "放不进去")
        self.log.append(token.value)
        await super().put(key, token)


class _Gateway:
    """Takes one access token and one refresh token at a time, each refresh token once."""

    def __init__(self, access: str = "spent", refresh: str = "refresh-1") -> None:
        self.access, self.refresh = access, refresh
        self.expires_at = _END
        self.sent: list[Sent] = []

    @property
    def refreshes(self) -> list[str]:
        return [each["refresh_token"] for each in self.sent if each["type"] == _REFRESH]

    def answer(self, sent: Sent) -> object:
        self.sent.append(sent)
        if sent["type"] == _REFRESH:
            if sent["refresh_token"] != self.refresh:
                return refusal(10019)
            turn = len(self.refreshes) + 1
            self.access, self.refresh = f"access-{turn}", f"refresh-{turn}"
            return refreshed(self.access, self.refresh, self.expires_at)
        return _DETAIL if sent["access_token"] == self.access else refusal(10019)


async def test_a_call_is_a_signed_form_without_empty_values() -> None:
    gateway = _Gateway("first")

    async with shop_on(gateway.answer, clock=_Clock()) as shop:
        await shop.stock(_GOODS)

    (sent,) = gateway.sent
    assert sent["sign"] == sign_sorted(sent, "pddsecret", SignMethod.MD5)
    assert sent["timestamp"] == str(int(_NOW.timestamp()))
    assert (sent["type"], sent["client_id"]) == ("pdd.goods.detail.get", "cid0001")
    assert all(sent.values())


async def test_a_refresh_token_is_safe_before_its_access_token_is_used() -> None:
    gateway, cache = _Gateway(), _Cache()
    kept_at_use: list[str] = []

    def script(sent: Sent) -> object:
        if sent.get("access_token") == "access-2":
            kept_at_use.extend(cache.log)
        return gateway.answer(sent)

    async with shop_on(script, tokens=cache, clock=_Clock()) as shop:
        await shop.stock(_GOODS)
        assert shop.token_expires_at == datetime.fromtimestamp(_END, UTC)

    assert "refresh-2" in kept_at_use
    assert gateway.refreshes == ["refresh-1"]
    assert "access_token" not in next(each for each in gateway.sent if each["type"] == _REFRESH)


async def test_many_who_are_refused_at_once_cause_one_refresh() -> None:
    gateway = _Gateway()

    async with shop_on(gateway.answer, clock=_Clock()) as shop:
        await asyncio.gather(*(shop.stock(_GOODS) for _ in range(8)))

    assert gateway.refreshes == ["refresh-1"]


async def test_another_process_goes_on_where_the_first_one_was() -> None:
    gateway, cache = _Gateway(), _Cache()
    async with shop_on(gateway.answer, tokens=cache, clock=_Clock()) as shop:
        await shop.stock(_GOODS)

    async with shop_on(gateway.answer, tokens=cache, clock=_Clock()) as shop:
        await shop.stock(_GOODS)
        gateway.access = "changed"
        await shop.stock(_GOODS)

    assert gateway.refreshes == ["refresh-1", "refresh-2"]


async def test_a_refresh_that_could_not_be_kept_is_made_good_by_the_next() -> None:
    gateway, cache = _Gateway(), _Cache()
    async with shop_on(gateway.answer, tokens=cache, clock=_Clock()) as shop:
        await shop.stock(_GOODS)
        gateway.access, cache.away = "changed", True
        with pytest.raises(Unavailable):
            await shop.stock(_GOODS)
        cache.away = False
        await shop.stock(_GOODS)

    assert gateway.refreshes == ["refresh-1", "refresh-2", "refresh-3"]


async def test_a_rotated_token_that_is_unknown_makes_way_for_that_of_the_file() -> None:
    gateway, cache = _Gateway(), _Cache()
    async with shop_on(gateway.answer, tokens=cache, clock=_Clock()) as shop:
        await shop.stock(_GOODS)
    gateway.access, gateway.refresh = "spent", "refresh-1"

    async with shop_on(gateway.answer, tokens=cache, clock=_Clock()) as shop:
        await shop.stock(_GOODS)

    assert gateway.refreshes == ["refresh-1", "refresh-2", "refresh-1"]


async def test_a_new_authorisation_in_the_file_starts_a_new_chain() -> None:
    gateway, cache = _Gateway(), _Cache()
    async with shop_on(gateway.answer, tokens=cache, clock=_Clock()) as shop:
        await shop.stock(_GOODS)
    gateway.access = "another"

    async with shop_on(gateway.answer, tokens=cache, clock=_Clock(), access_token="another") as new:
        await new.stock(_GOODS)

    assert gateway.refreshes == ["refresh-1"]


@pytest.mark.parametrize("refresh_token", ["", "unknown"])
async def test_where_nothing_can_be_refreshed_the_merchant_is_needed(refresh_token: str) -> None:
    gateway = _Gateway()

    async with shop_on(gateway.answer, clock=_Clock(), refresh_token=refresh_token) as shop:
        with pytest.raises(AuthExpired) as caught:
            await shop.stock(_GOODS)

    assert caught.value.say == "拼多多店的授权失效了，请重新授权"


async def test_a_refresh_after_the_end_of_the_authorisation_is_no_way_out() -> None:
    gateway = _Gateway()
    gateway.expires_at = int(_NOW.timestamp()) - 1

    async with shop_on(gateway.answer, clock=_Clock()) as shop:
        with pytest.raises(AuthExpired):
            await shop.stock(_GOODS)

    assert gateway.refreshes == ["refresh-1"]


async def test_shortly_before_its_end_a_token_is_not_refreshed_in_vain() -> None:
    gateway = _Gateway("first")
    soon = _NOW + timedelta(minutes=5)

    async with shop_on(
        gateway.answer, clock=_Clock(), expires_at=str(int(soon.timestamp()))
    ) as shop:
        await shop.stock(_GOODS)
        assert shop.token_expires_at == soon

    assert gateway.refreshes == []


@pytest.mark.parametrize("written", ["soon", "1763740900000", "12"])
def test_an_end_that_is_no_unix_second_is_told_by_its_field(written: str) -> None:
    with pytest.raises(BadShopEntry) as caught:
        Session(entry("", expires_at=written), MemoryTokenCache())

    assert caught.value.field == "credentials.expires_at"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (52101, Unavailable),
        (52102, Unavailable),
        (52103, Unavailable),
        (70031, Unavailable),
        (70034, Unavailable),
        (10000, Refused),
        (20004, Refused),
        (30000, Refused),
        (50001, Refused),
        (52003, Refused),
    ],
)
async def test_a_no_is_of_the_right_kind(code: int, kind: type[DeskError]) -> None:
    async with shop_on(lambda _: refusal(code)) as shop:
        with pytest.raises(kind):
            await shop.order(_NUMBER)


async def test_the_platforms_own_sentence_is_told() -> None:
    async with shop_on(lambda _: refusal(30000, "请先入驻多多云")) as shop:
        with pytest.raises(PinduoduoRefused) as caught:
            await shop.order(_NUMBER)

    assert caught.value.say == "拼多多没有受理：请先入驻多多云"


async def test_an_answer_under_another_name_is_unreadable() -> None:
    async with shop_on(lambda _: {"something_else_response": {}}) as shop:
        with pytest.raises(Unavailable) as caught:
            await shop.order(_NUMBER)

    assert "order_info_get_response" in str(caught.value)


async def test_a_search_by_title_leaves_out_what_is_off_sale_and_asks_for_prices() -> None:
    def script(sent: Sent) -> object:
        if sent["type"] == "pdd.goods.list.get":
            assert "is_onsale" not in sent
            rows = [
                {"goods_id": 1, "goods_name": "鞋甲", "is_onsale": 1},
                {"goods_id": 2, "goods_name": "鞋乙", "is_onsale": 0},
                {"goods_id": 3, "goods_name": "鞋丙", "is_onsale": 1},
            ]
            return {"goods_list_get_response": {"goods_list": rows, "total_count": 3}}
        if sent["goods_id"] == "3":
            return refusal(50001, "商品不存在")
        sku = {"sku_id": 9, "multi_price": 100, "quantity": 1, "spec": []}
        return {"goods_detail_get_response": {"sku_list": [sku]}}

    async with shop_on(script) as shop:
        (item,) = await shop.find_items("鞋")

    assert (item.title, item.price_low) == ("鞋甲", 100)
    assert item.url.endswith("/goods.html?goods_id=1")


@pytest.mark.parametrize(
    "key", ["logistics_ordertrace_get_resposne", "logistics_ordertrace_get_response"]
)
async def test_a_trace_is_found_under_the_misspelt_name_and_the_right_one(key: str) -> None:
    carriers = [{"id": 115, "logistics_company": "中通快递", "code": "ZTO"}]
    step = {"status_time": "2026-11-20 08:00:00", "status_desc": "派件中", "action": "SEND"}
    answers: dict[str, object] = {
        "pdd.order.information.get": {
            "order_info_get_response": {
                "order_info": {"logistics_id": 115, "tracking_number": "78"}
            }
        },
        "pdd.logistics.companies.get": {
            "logistics_companies_get_response": {"logistics_companies": carriers}
        },
        "pdd.logistics.ordertrace.get": {key: {"trace_list": [step]}},
    }

    async with shop_on(lambda sent: answers[sent["type"]]) as shop:
        (parcel,) = await shop.parcels(_NUMBER)

    assert (parcel.carrier, parcel.tracking_no) == ("中通快递", "78")
    assert parcel.scans[0].text == "派件中"


async def test_a_parcel_of_a_carrier_that_nobody_knows_is_told_without_a_way() -> None:
    answers: dict[str, object] = {
        "pdd.order.information.get": {
            "order_info_get_response": {
                "order_info": {"logistics_id": 7777, "tracking_number": "78"}
            }
        },
        "pdd.logistics.companies.get": {"logistics_companies_get_response": {}},
    }

    async with shop_on(lambda sent: answers[sent["type"]]) as shop:
        (parcel,) = await shop.parcels(_NUMBER)

    assert (parcel.carrier, parcel.tracking_no, parcel.scans) == ("", "78", ())
