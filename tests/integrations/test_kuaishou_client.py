"""Calls are signed as Kuaishou wants them; tokens rotate without one being lost."""

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from desk.kernel.errors import AuthExpired, DeskError, Refused, Unavailable
from desk.shops.port import ItemId
from integrations.kuaishou.client import sign
from integrations.tokens import MemoryTokenCache, Token
from tests.integrations.kuaishou_scripted import REFRESH, refreshed, shop_on, told

_VECTORS = Path(__file__).parents[1] / "vectors" / "shop_sign_vectors.json"
_NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
_NONE = told(items=[], totalPage=0)


class _Clock:
    def __init__(self) -> None:
        self.time = _NOW

    def now(self) -> datetime:
        return self.time


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


class _Office:
    """Takes each refresh token once, and none of the access tokens in `spent`."""

    def __init__(self) -> None:
        self.good = "refresh-1"
        self.issued = 0
        self.asked: list[str] = []
        self.forms: list[dict[str, Any]] = []
        self.broken = False

    def answer(self, method: str, asked: dict[str, Any]) -> object:
        if method != REFRESH:
            return _NONE
        self.forms.append(asked)
        self.asked.append(asked["refresh_token"])
        if self.broken:
            return {"result": 100200500, "error_msg": "server_error"}
        if asked["refresh_token"] != self.good:
            return {"result": 100200102, "error_msg": "refreshToken.discarded"}
        self.issued += 1
        self.good = f"next-{self.issued}"
        return refreshed(f"access-{self.issued}", self.good)


def test_every_known_signature_is_reproduced() -> None:
    cases = json.loads(_VECTORS.read_text())["kuaishou"]["cases"]

    assert len(cases) == 3
    for case in cases:
        assert sign(case["params"], case["signSecret"]) == case["sign_md5_lower"]


async def test_what_is_signed_is_what_goes_out() -> None:
    seen: list[Mapping[str, str]] = []
    clock = _Clock()

    async with shop_on(_Office().answer, clock=clock, seen=seen) as shop:
        await shop.stock(ItemId("ks-main", "20476831000000"))

    (sent,) = seen
    assert sent["path"] == "/open/item/list/get"
    system = {name: value for name, value in sent.items() if name not in ("path", "sign")}
    assert system.keys() == {
        *("appkey", "method", "version", "timestamp", "access_token", "signMethod", "param")
    }
    assert system["timestamp"] == str(int(_NOW.timestamp() * 1000))
    assert system["access_token"] == "access-1"
    assert sent["sign"] == sign(system, "kssign")


async def test_the_app_secret_is_for_the_token_office_alone() -> None:
    office = _Office()

    async with shop_on(office.answer) as shop:
        await shop.find_items("")

    assert office.forms == [
        {
            "grant_type": "refresh_token",
            "refresh_token": "refresh-1",
            "app_id": "ks1",
            "app_secret": "appsecret",
        }
    ]


async def test_the_next_refresh_token_is_kept_before_the_new_access_token_is() -> None:
    cache = _Cache()

    async with shop_on(_Office().answer, tokens=cache) as shop:
        await shop.find_items("")

    assert cache.log == ["next-1", "access-1"]


async def test_after_two_days_the_kept_refresh_token_is_used_and_not_that_of_the_file() -> None:
    cache, clock, office = _Cache(), _Clock(), _Office()
    for _ in range(3):
        async with shop_on(office.answer, tokens=cache, clock=clock) as shop:
            await shop.find_items("")
        clock.time += timedelta(hours=47)

    assert office.asked == ["refresh-1", "next-1", "next-2"]


async def test_a_refresh_token_that_could_not_be_kept_is_tried_first() -> None:
    cache, office = _Cache(), _Office()
    async with shop_on(office.answer, tokens=cache) as shop:
        cache.away = True
        with pytest.raises(Unavailable):
            await shop.find_items("")
        cache.away = False
        await shop.find_items("")

    assert office.asked == ["refresh-1", "next-1"]


async def test_when_the_authorisation_ends_is_told_and_refreshing_does_not_move_it() -> None:
    clock = _Clock()
    async with shop_on(_Office().answer, clock=clock) as shop:
        before = shop.token_expires_at
        await shop.find_items("")

        assert before is None
        assert shop.token_expires_at == _NOW + timedelta(days=100)
        assert not shop.renews_itself


async def test_where_no_refresh_token_is_taken_the_merchant_must_act() -> None:
    office = _Office()
    office.good = "another"

    async with shop_on(office.answer) as shop:
        with pytest.raises(AuthExpired):
            await shop.find_items("")


async def test_trouble_at_the_token_office_is_no_end_of_the_authorisation() -> None:
    office = _Office()
    office.broken = True

    async with shop_on(office.answer) as shop:
        with pytest.raises(Unavailable):
            await shop.find_items("")


async def test_a_spent_token_is_replaced_once_for_all_who_wait() -> None:
    office = _Office()
    seen: list[Mapping[str, str]] = []

    def answer(method: str, asked: dict[str, Any]) -> object:
        if method != REFRESH and seen[-1]["access_token"] == "access-1":
            return {"result": 24, "error_msg": "TOKEN过期"}
        return office.answer(method, asked)

    async with shop_on(answer, seen=seen) as shop:
        item = ItemId("ks-main", "1")
        await asyncio.gather(*(shop.stock(item) for _ in range(5)))

    assert office.issued == 2


async def test_a_token_that_is_turned_down_again_is_not_asked_for_for_ever() -> None:
    office = _Office()

    def answer(method: str, asked: dict[str, Any]) -> object:
        return office.answer(method, asked) if method == REFRESH else {"result": 24}

    async with shop_on(answer) as shop:
        with pytest.raises(AuthExpired):
            await shop.find_items("")

    assert office.issued == 2


@pytest.mark.parametrize(
    ("refusal", "kind"),
    [
        ({"result": 802006, "sub_code": "802006", "sub_msg": "APP已达到当天调用额度"}, Unavailable),
        ({"result": 7, "error_msg": "[1017] exceed quota limit,[apiId:open.item]"}, Unavailable),
        ({"result": 7, "error_msg": "Exceed qps limit, KEY [appkey:ks1]"}, Unavailable),
        ({"result": 100200500, "error_msg": "server_error"}, Unavailable),
        ({"result": 9, "error_msg": "系统繁忙，请稍后再试"}, Unavailable),
        ({"result": 2001, "code": "807000", "sub_msg": "endTime无效"}, Refused),
        ({"result": 21, "error_msg": "token中无scope权限"}, Refused),
        ({"result": 9, "error_msg": "签名校验失败"}, Refused),
        ({"result": 30, "error_msg": "鉴权失败"}, AuthExpired),
        ({"no": "result"}, Unavailable),
    ],
)
async def test_a_refusal_is_the_right_kind_of_error(
    refusal: dict[str, object], kind: type[DeskError]
) -> None:
    office = _Office()

    def answer(method: str, asked: dict[str, Any]) -> object:
        return office.answer(method, asked) if method == REFRESH else refusal

    async with shop_on(answer) as shop:
        with pytest.raises(kind) as caught:
            await shop.find_items("")

    assert type(caught.value) is not DeskError
    assert isinstance(caught.value, Unavailable) is (kind is Unavailable)


@pytest.mark.parametrize("lives", [2**62, "soon", None])
async def test_an_odd_life_of_a_token_is_unreadable_and_nothing_else(lives: Any) -> None:
    async with shop_on(lambda *_: refreshed("a", "r", lives)) as shop:
        with pytest.raises(Unavailable):
            await shop.find_items("")


async def test_a_number_that_is_none_is_not_asked_for() -> None:
    seen: list[Mapping[str, str]] = []

    async with shop_on(_Office().answer, seen=seen) as shop:
        for number in ("0", "", "０１", "99999999999999999999999", "-1", "E1"):
            assert await shop.order(number) is None
            assert await shop.parcels(number) == ()
            assert await shop.stock(ItemId("ks-main", number)) == ()

    assert seen == []


async def test_all_pages_of_products_are_read_and_those_off_the_shelf_left_out() -> None:
    office = _Office()

    def answer(method: str, asked: dict[str, Any]) -> object:
        if method == REFRESH:
            return office.answer(method, asked)
        number = asked["pageNumber"]
        sku = {"kwaiSkuId": number, "skuSalePrice": 100 * number, "skuStock": 1, "skuProp": []}
        row = {"kwaiItemId": number, "title": f"鞋{number}", "skuList": [sku]}
        gone = {**row, "kwaiItemId": 70 + number, "shelfStatus": 0}
        invalid = {**row, "kwaiItemId": 80 + number, "skuList": [{**sku, "isValid": 0}]}
        return told(items=[row, gone, invalid], totalPage=3)

    async with shop_on(answer) as shop:
        found = await shop.find_items("鞋")

    assert [(each.id.item, each.price_low) for each in found] == [
        ("1", 100),
        ("2", 200),
        ("3", 300),
    ]
