"""What JD's gateway says no to, and how it is asked."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from desk.kernel.errors import AuthExpired, DeskError, Refused, Unavailable
from desk.kernel.money import Fen
from desk.shops.port import ItemId, RefundStatus, Shop
from integrations.catalog import connected_shops, read_entries
from integrations.jd.client import JdRefused
from integrations.signing import SignMethod, sign_sorted
from integrations.wild import Unreadable
from tests.integrations.scripted_gateway import scripted

_NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
_METHOD = "jingdong_sku_read_searchSkuList_responce"
_OK = {"success": True, "numberCode": 10100000, "chineseErrCode": "成功"}

Ask = Callable[[str, dict[str, object]], object]
"""Given a method and its business parameters, the JSON to answer."""


class _Clock:
    def now(self) -> datetime:
        return _NOW


@asynccontextmanager
async def _shop(answer: Ask, seen: list[dict[str, str]] | None = None) -> AsyncIterator[Shop]:
    def script(_path: str, sent: dict[str, str]) -> object:
        if seen is not None:
            seen.append(sent)
        return answer(sent["method"], json.loads(sent["360buy_param_json"]))

    credentials = {"app_key": "K", "app_secret": "s3cret", "access_token": "tok"}
    async with scripted(script) as url:
        entry = {"id": "jd", "platform": "jd", "name": "京东店", "base_url": url}
        entries = read_entries([{**entry, "credentials": credentials}])
        async with connected_shops(entries, _Clock()) as (shop,):
            yield shop


def _always(body: object) -> Ask:
    return lambda _method, _params: body


def _error(code: str, words: str = "不行") -> object:
    return {"error_response": {"code": code, "zh_desc": words, "en_desc": "no"}}


async def test_a_question_is_one_signed_form_with_the_parameters_in_one_json_text() -> None:
    seen: list[dict[str, str]] = []
    empty = {_METHOD: {"code": "0", "page": {"data": [], "totalItem": 0}}}
    async with _shop(_always(empty), seen) as shop:
        await shop.find_items("学步鞋 & 袜子")

    (sent,) = seen
    assert sent["sign"] == sign_sorted(sent, "s3cret", SignMethod.MD5)
    assert sent["timestamp"] == "2026-11-21 20:00:00"
    assert (sent["v"], sent["app_key"], sent["access_token"]) == ("2.0", "K", "tok")
    assert "sign_method" not in sent
    assert '"wareTitle":"学步鞋 & 袜子"' in sent["360buy_param_json"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("2", Unavailable),
        ("50", Unavailable),
        ("66", Unavailable),
        ("67", Unavailable),
        ("18", AuthExpired),
        ("19", AuthExpired),
        ("8", JdRefused),
        ("12", JdRefused),
        ("15", JdRefused),
        ("43", JdRefused),
        ("no number", JdRefused),
    ],
)
async def test_each_code_of_the_gateway_is_one_of_three_errors(
    code: str, kind: type[DeskError]
) -> None:
    async with _shop(_always(_error(code))) as shop:
        with pytest.raises(kind):
            await shop.find_items("")


async def test_the_cloud_refusal_tells_the_merchant_the_way_out() -> None:
    words = "该api是敏感api,请将您的app入驻云鼎"
    async with _shop(_always(_error("64", words))) as shop:
        with pytest.raises(Refused) as caught:
            await shop.order("312847650137")

    assert "京东店" in caught.value.say
    assert "入驻云鼎" in caught.value.say
    assert "白名单" in caught.value.say


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"jingdong_sku_read_searchSkuList_response": {"code": "0", "page": {}}},
        {_METHOD: []},
        {_METHOD: {"code": "0", "page": {"data": {}, "totalItem": 0}}},
        {_METHOD: {"code": "0", "page": {"data": [{"skuId": 1}], "totalItem": "viele"}}},
    ],
)
async def test_an_answer_of_another_shape_is_unreadable(body: object) -> None:
    async with _shop(_always(body)) as shop:
        with pytest.raises(Unreadable):
            await shop.find_items("")


async def test_a_code_inside_the_answer_is_an_error_too() -> None:
    body = {_METHOD: {"code": "67", "errorMessage": "平台抛错误"}}
    async with _shop(_always(body)) as shop:
        with pytest.raises(Unavailable):
            await shop.find_items("")


async def test_all_pages_of_skus_are_read() -> None:
    page_size = 50

    def answer(_method: str, params: dict[str, object]) -> object:
        assert params["page_size"] == page_size
        first = (int(str(params["pageNo"])) - 1) * page_size
        rows = [
            {
                "skuId": number,
                "wareId": number // 4,
                "wareTitle": f"第{number // 4}款",
                "jdPrice": 9,
            }
            for number in range(first, min(first + page_size, 130))
        ]
        return {_METHOD: {"code": "0", "page": {"data": rows, "totalItem": 130}}}

    async with _shop(answer) as shop:
        items = await shop.find_items("")

    assert len(items) == 33


async def test_a_title_without_the_words_is_left_out_whatever_jd_finds() -> None:
    rows = [
        {"skuId": 1, "wareId": 1, "wareTitle": "软底学步鞋", "jdPrice": 9},
        {"skuId": 2, "wareId": 2, "wareTitle": "学步带", "jdPrice": 9},
    ]
    body = {_METHOD: {"code": "0", "page": {"data": rows, "totalItem": 2}}}
    async with _shop(_always(body)) as shop:
        (item,) = await shop.find_items("学步鞋")

    assert item.title == "软底学步鞋"


@pytest.mark.parametrize(
    "detail",
    [
        {"apiResult": _OK},
        {"apiResult": {**_OK, "success": "true"}, "orderInfo": None},
        {"apiResult": {"success": False, "numberCode": 1, "chineseErrCode": "订单不存在"}},
        {"apiResult": {"success": "false", "chineseErrCode": "未查询到该订单"}},
    ],
)
async def test_no_order_is_told_in_several_ways(detail: object) -> None:
    body = {"jingdong_pop_order_get_responce": {"code": "0", "orderDetailInfo": detail}}
    async with _shop(_always(body)) as shop:
        assert await shop.order("312847650137") is None
        assert await shop.parcels("312847650137") == ()


@pytest.mark.parametrize("success", [False, "false", None, 1, "TRUE"])
async def test_only_true_is_success(success: object) -> None:
    result = {"success": success, "numberCode": 999999, "chineseErrCode": "系统异常"}
    body = {"jingdong_pop_order_get_responce": {"orderDetailInfo": {"apiResult": result}}}
    async with _shop(_always(body)) as shop:
        with pytest.raises(JdRefused) as caught:
            await shop.order("312847650137")

    assert caught.value.reason == "系统异常"


async def test_an_item_with_no_number_of_jds_is_not_asked_for() -> None:
    async with _shop(_always(_error("43"))) as shop:
        assert await shop.stock(ItemId("jd", "anders")) == ()
        assert await shop.stock(ItemId("jd", "٣٤٥")) == ()


def _paid_order(method: str, amount: object, status: int | None) -> object:
    bill = {"serviceId": 7, "orderId": 31, "afsApplyTime": 1795262400000}
    line = {"skuId": "1", "skuName": "鞋", "jdPrice": "169.00", "itemTotal": "1"}
    order = {
        "orderId": "31",
        "orderState": "FINISHED_L",
        "orderStartTime": "2026-11-01 20:00:00",
        "paymentConfirmTime": "2026-11-01 20:00:00",
        "modified": "2026-11-01 20:00:00",
        "actualPay": "169.00",
        "itemInfoList": [line],
    }
    inside: dict[str, dict[str, object]] = {
        "jingdong.pop.order.get": {"orderDetailInfo": {"apiResult": _OK, "orderInfo": order}},
        "jingdong.pop.afs.soa.refundapply.queryPageList": {"queryResult": {"success": "true"}},
        "jingdong.asc.serviceAndRefund.view": {
            "pageResult": {
                "success": True,
                "totalCount": 1,
                "data": [{"sameOrderServiceBill": bill, "status": status}],
            }
        },
        "jingdong.b2c.shop.aftersales.refund.get": {"result": amount},
    }
    return {f"{method.replace('.', '_')}_responce": {"code": "0", **inside[method]}}


@pytest.mark.parametrize(
    "amount",
    [
        {"success": False, "errorCode": 500, "errorMsg": "未产生退款"},
        {"success": True, "errorCode": "200", "data": {"orderId": 31}},
    ],
)
async def test_while_jd_tells_no_amount_it_is_what_was_paid(amount: object) -> None:
    async with _shop(lambda method, _: _paid_order(method, amount, None)) as shop:
        order = await shop.order("31")

    assert order is not None
    (refund,) = order.refunds
    assert (refund.status, refund.amount) == (RefundStatus.REQUESTED, Fen(16900))
    assert order.updated_at == refund.updated_at


async def test_of_money_that_is_back_no_amount_is_guessed() -> None:
    amount = {"success": False, "errorCode": 500, "errorMsg": "没有权限"}
    async with _shop(lambda method, _: _paid_order(method, amount, 13)) as shop:
        with pytest.raises(JdRefused):
            await shop.order("31")
