"""What Douyin's envelopes and codes become, and what is asked when something is hidden."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from desk.kernel.errors import AuthExpired, DeskError, Refused, Unavailable
from desk.kernel.money import Fen
from desk.shops.port import ItemId, Shop
from desk.shops.powers import ListsChangedOrders
from integrations.catalog import connected_shops
from integrations.platform import ShopEntry
from sandbox.clock import Clock
from tests.integrations.scripted_gateway import scripted

Answer = Callable[[str, dict[str, str]], object]
_TOKEN = {"access_token": "a", "refresh_token": "r", "expires_in": 604800}


def _ok(data: object) -> dict[str, object]:
    return {"code": 10000, "msg": "success", "sub_code": "", "sub_msg": "", "data": data}


def _error(code: int, sub_code: str, sub_msg: str = "不行") -> dict[str, object]:
    return {"code": code, "msg": "失败", "sub_code": sub_code, "sub_msg": sub_msg, "data": None}


@asynccontextmanager
async def _shop(answer: Answer) -> AsyncIterator[Shop]:
    """A shop whose gateway gives a token, and to everything else what `answer` says."""

    def script(path: str, sent: dict[str, str]) -> object:
        if path.startswith("/token/"):
            return _ok(_TOKEN)
        return answer(path, sent)

    async with scripted(script) as root:
        entry = ShopEntry(
            "douyin-main",
            "douyin",
            "抖音小店",
            root.rstrip("/"),
            {"app_key": "735", "app_secret": "s", "shop_id": "84310277"},
            calls_per_second=1000,
        )
        async with connected_shops((entry,), Clock()) as (shop,):
            yield shop


@pytest.mark.parametrize(
    ("code", "sub_code", "reason", "kind"),
    [
        (20000, "dop.service-error", "系统错误", Unavailable),
        (20000, "isp.service-error:20004", "系统繁忙，请稍后重试", Unavailable),
        (70000, "", "请求超过限流阈值", Unavailable),
        (50002, "isv.business-failed:20004", "系统繁忙，请稍后重试", Unavailable),
        (50002, "isv.business-failed:4007", "请求内部服务超时，请重试", Unavailable),
        (50002, "isv.business-failed:20015", "订单不是该店铺下的订单", Refused),
        (10001, "isv.business-part-failed", "部分失败", Refused),
        (30001, "dop.no-permissions", "没有权限", Refused),
        (30001, "isv.app-permissions-insufficient", "没有权限", Refused),
        (30001, "dop.authorization-no-existed", "没有授权", AuthExpired),
        (30001, "dop.authorization-closed", "授权已关闭", AuthExpired),
        (30002, "isv.invalid_ip", "IP不在白名单", Refused),
        (40001, "isv.missing-sign", "缺少签名", Refused),
        (40002, "isv.missing-parameter:1", "缺少参数", Refused),
        (40003, "isv.signature-invalid", "签名错误", Refused),
        (40003, "isv.access-token-expired", "已过期", AuthExpired),
        (40003, "isv.access-token-no-existed", "不存在", AuthExpired),
        (40004, "isv.parameter-invalid:2", "参数错误", Refused),
    ],
)
async def test_a_code_is_the_right_kind_of_error(
    code: int, sub_code: str, reason: str, kind: type[DeskError]
) -> None:
    async with _shop(lambda path, sent: _error(code, sub_code, reason)) as shop:
        with pytest.raises(kind) as caught:
            await shop.find_items("")

    assert caught.value.code in (f"douyin.{code}.{sub_code}", "douyin.no_token")


async def test_a_spent_token_is_replaced_once_and_the_call_repeated_once() -> None:
    asked = []

    def answer(path: str, sent: dict[str, str]) -> object:
        asked.append(sent["access_token"])
        if len(asked) == 1:
            return _error(40003, "isv.access-token-expired")
        return _ok({"data": [], "total": 0})

    tokens = iter(("first", "second"))

    def script(path: str, sent: dict[str, str]) -> object:
        if path.startswith("/token/"):
            return _ok({**_TOKEN, "access_token": next(tokens)})
        return answer(path, sent)

    async with scripted(script) as root:
        credentials = {"app_key": "735", "app_secret": "s", "shop_id": "1"}
        entry = ShopEntry("d", "douyin", "抖音小店", root.rstrip("/"), credentials)
        async with connected_shops((entry,), Clock()) as (shop,):
            assert await shop.find_items("") == ()

    assert asked == ["first", "second"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"err_no": 0, "message": "success", "data": {"data": [], "total": 0}}, ()),
        ({"err_no": 7, "message": "参数错误"}, Refused),
        ({"hello": "world"}, Unavailable),
        ([], Unavailable),
    ],
)
async def test_the_envelope_of_old_methods_is_read_too(answer: object, expected: object) -> None:
    async with _shop(lambda path, sent: answer) as shop:
        if isinstance(expected, type) and issubclass(expected, DeskError):
            with pytest.raises(expected):
                await shop.find_items("")
        else:
            assert await shop.find_items("") == expected


async def test_only_online_products_are_asked_for_from_page_one() -> None:
    asked: list[dict[str, str]] = []

    def answer(path: str, sent: dict[str, str]) -> object:
        asked.append(sent)
        rows = [{"product_id": int(sent["page"]), "name": "鞋", "discount_price": 100}] * 100
        return _ok({"data": rows, "total": 250})

    async with _shop(answer) as shop:
        items = await shop.find_items("鞋")

    assert [sent["page"] for sent in asked] == ["1", "2", "3"]
    assert all(
        (sent["status"], sent["check_status"], sent["name"]) == ("0", "3", "鞋") for sent in asked
    )
    assert len(items) == 300


async def test_a_price_that_the_list_does_not_tell_is_asked_for() -> None:
    def answer(path: str, sent: dict[str, str]) -> object:
        if path == "/sku/list":
            return _ok([{"price": 8900}, {"price": 6900}])
        return _ok({"data": [{"product_id": 7, "name": "鞋", "discount_price": 0}], "total": 1})

    async with _shop(answer) as shop:
        (item,) = await shop.find_items("")

    assert (item.price_low, item.price_high) == (Fen(6900), Fen(8900))


@pytest.mark.parametrize(
    ("details", "places", "expected"),
    [
        (
            _ok({"specs": [{"name": "颜色"}]}),
            _ok({"warehouses": [{"out_warehouse_id": "W", "name": "金华仓"}]}),
            ("颜色", "金华仓"),
        ),
        (_error(30001, "dop.no-permissions"), _error(30001, "dop.no-permissions"), ("规格", "W")),
    ],
)
async def test_stock_is_told_without_the_names_that_are_not_to_be_had(
    details: object, places: object, expected: tuple[str, str]
) -> None:
    sku = {"id": 1, "spec_detail_name1": "粉色", "price": 1, "sku_type": 1, "stock_map": {"W": 4}}
    answers = {
        "/sku/list": _ok([sku]),
        "/product/detail": details,
        "/warehouse/list": places,
    }
    async with _shop(lambda path, sent: answers[path]) as shop:
        (found,) = await shop.stock(ItemId("douyin-main", "7"))

    assert (found.properties[0][0], found.places[0].name) == expected
    assert found.available == 4


def _order(number: int, updated: int, **fields: object) -> dict[str, object]:
    return {
        "order_id": str(number),
        "order_status": 3,
        "create_time": updated - 100,
        "update_time": updated,
        "pay_amount": 100,
        "mask_post_tel": "138****1234",
        "sku_order_list": [],
        **fields,
    }


async def test_a_list_that_moves_while_it_is_read_loses_no_order() -> None:
    clock = Clock()
    now = int(clock.now().timestamp())
    changed = {number: now - 3600 + number for number in range(250)}

    def answer(path: str, sent: dict[str, str]) -> object:
        if path == "/afterSale/List":
            return _ok({"items": [], "total": 0})
        low, high = int(sent["update_time_start"]), int(sent["update_time_end"])
        found = sorted((at, number) for number, at in changed.items() if low <= at <= high)
        start = int(sent["page"]) * 100
        rows = [_order(number, at) for at, number in found[start : start + 100]]
        # While we read, the ten oldest of the window change once more and leave it.
        for _, number in found[:10]:
            changed[number] = now + 60
        return _ok({"shop_order_list": rows, "total": len(found)})

    async with _shop(answer) as shop:
        assert isinstance(shop, ListsChangedOrders)
        since, until = clock.now() - timedelta(hours=2), clock.now()
        told = {int(order.number) async for order in shop.changed_orders(since, until)}

    assert {number for number, at in changed.items() if at < now} <= told


async def test_a_window_with_more_orders_than_are_shown_is_cut() -> None:
    clock = Clock()
    now = int(clock.now().timestamp())
    spans = []

    def answer(path: str, sent: dict[str, str]) -> object:
        if path == "/afterSale/List":
            return _ok({"items": [], "total": 0})
        low, high = int(sent["update_time_start"]), int(sent["update_time_end"])
        spans.append(high - low)
        total = 10_001 if high - low > 1000 else 1
        return _ok({"shop_order_list": [_order(high, now)][:total], "total": total})

    async with _shop(answer) as shop:
        assert isinstance(shop, ListsChangedOrders)
        window = shop.changed_orders(clock.now() - timedelta(seconds=3600), clock.now())
        told = [order async for order in window]

    assert len(told) == 4
    assert max(spans) > 3000
    assert sorted(spans)[:4] == sorted(span for span in spans if span <= 1000)


async def test_hidden_phones_are_asked_for_fifty_at_once_and_only_those() -> None:
    clock = Clock()
    now = int(clock.now().timestamp())
    asked: list[str] = []

    def answer(path: str, sent: dict[str, str]) -> object:
        if path == "/afterSale/List":
            return _ok({"items": [], "total": 0})
        if path == "/order/batchSensitive":
            asked.append(sent["cipher_infos"])
            return _ok({"decrypt_infos": [{"auth_id": "3", "decrypt_text": "138****0003"}]})
        hidden = {"mask_post_tel": "1**********", "encrypt_post_tel": "$x$1$$"}
        rows = [_order(number, now, **(hidden if number % 2 else {})) for number in range(60)]
        return _ok({"shop_order_list": rows, "total": 60})

    async with _shop(answer) as shop:
        assert isinstance(shop, ListsChangedOrders)
        window = shop.changed_orders(clock.now() - timedelta(seconds=60), clock.now())
        tails = {order.number: order.phone_tail async for order in window}

    assert [batch.count("auth_id") for batch in asked] == [25, 5]
    assert (tails["3"], tails["5"], tails["2"]) == ("0003", None, "1234")


async def test_without_the_permission_hidden_phones_stay_hidden() -> None:
    def answer(path: str, sent: dict[str, str]) -> object:
        if path == "/order/batchSensitive":
            return _error(30001, "dop.no-permissions")
        row = _order(7, 1763740800, mask_post_tel="*", encrypt_post_tel="$x$1$$")
        return _ok({"shop_order_detail": row})

    async with _shop(answer) as shop:
        order = await shop.order("7")

    assert order is not None
    assert order.phone_tail is None
