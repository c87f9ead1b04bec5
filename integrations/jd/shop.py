"""A JD shop as the desk's port sees it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from itertools import count

from desk.shops.port import Item, ItemId, Order, Parcel, Refund, SkuStock
from integrations.jd import refunds, wire
from integrations.jd.changes import Changes
from integrations.jd.client import RATE, JdRefused, JosClient, succeeded
from integrations.platform import Platform, ShopEntry, Surroundings
from integrations.wild import Wild

_SKUS_A_PAGE = 50
_APPLICATIONS_A_PAGE = 50
_ON_SALE = "1"
_MOST_DIGITS = 19
_AT_A_TIME = 5
_NOT_THERE = ("不存在", "没有找到", "没有查到", "未找到", "未查询到", "查询不到", "无此订单")


class JdShop:
    """One shop on JD."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        self.id = entry.id
        self.name = entry.name
        self._client = JosClient(entry, around)
        self._changes = Changes(self._client)

    @property
    def token_expires_at(self) -> datetime | None:
        """When the authorisation ends (aware UTC), None as long as nobody has told."""
        return self._client.token.expires_at

    async def find_items(self, query: str) -> tuple[Item, ...]:
        """Products on sale whose title holds all words of the query; all of them for ""."""
        words = query.casefold().split()
        asked = {"wareTitle": query} if query else {}
        items = wire.items(self.id, await self._skus(asked))
        return tuple(item for item in items if all(word in item.title.casefold() for word in words))

    async def stock(self, item: ItemId) -> tuple[SkuStock, ...]:
        """Stock and price of each SKU of a product; () for one that is gone."""
        if not _is_number(item.item):
            return ()
        return wire.stock(item, await self._skus({"wareId": item.item}))

    async def order(self, order_no: str) -> Order | None:
        """An order by its number."""
        sale = await self._sale(order_no)
        return await self._with_refunds(sale) if sale is not None else None

    async def parcels(self, order_no: str) -> tuple[Parcel, ...]:
        """The parcels of an order: carrier and number, as JD does not tell their way."""
        sale = await self._sale(order_no)
        return sale.parcels if sale is not None else ()

    async def changed_orders(self, since: datetime, until: datetime) -> AsyncIterator[Order]:
        """Orders that JD changed in [since, until), and those with a service of that time.

        JD tells of three months; what is asked for before is refused.
        """
        told = set()
        async for page in self._changes.orders(since, until):
            sales = [wire.sale(self.id, raw) for raw in page]
            for place in range(0, len(sales), _AT_A_TIME):
                some = sales[place : place + _AT_A_TIME]
                for order in await asyncio.gather(*map(self._with_refunds, some)):
                    told.add(order.number)
                    yield order
        async for number in self._changes.serviced(since, until):
            if number not in told:
                told.add(number)
                serviced = await self.order(number)
                if serviced is not None:
                    yield serviced

    async def _skus(self, asked: dict[str, str]) -> list[Wild]:
        found: list[Wild] = []
        for page in count(1):
            answer = await self._client.read(
                "jingdong.sku.read.searchSkuList",
                {
                    **asked,
                    "skuStatuValue": _ON_SALE,
                    "pageNo": page,
                    "page_size": _SKUS_A_PAGE,
                    "field": wire.SKU_FIELDS,
                },
            )
            rows = list(answer["page"]["data"])
            found += rows
            if not rows or len(found) >= answer["page"]["totalItem"].whole():
                break
        return found

    async def _sale(self, order_no: str) -> wire.Sale | None:
        if not _is_number(order_no):
            return None
        answer = await self._client.read(
            "jingdong.pop.order.get", {"order_id": order_no, "optional_fields": wire.ORDER_FIELDS}
        )
        detail = answer["orderDetailInfo"]
        try:
            succeeded(detail["apiResult"], "numberCode", "chineseErrCode")
        except JdRefused as error:
            if any(words in error.reason for words in _NOT_THERE):
                return None
            raise
        return wire.sale(self.id, detail["orderInfo"]) if detail["orderInfo"].is_object else None

    async def _with_refunds(self, sale: wire.Sale) -> Order:
        """Orders carry no refunds: ask for them where the order may have some."""
        order = sale.order
        found: list[Refund] = []
        if sale.may_be_applied_for:
            found += await self._applications(order.number)
        if sale.may_have_services:
            found += await self._services(order)
        if not found or order.updated_at is None:
            return replace(order, refunds=tuple(found))
        latest = max(order.updated_at, *(refund.updated_at for refund in found))
        return replace(order, refunds=tuple(found), updated_at=latest)

    async def _applications(self, order_no: str) -> list[Refund]:
        answer = await self._client.read(
            "jingdong.pop.afs.soa.refundapply.queryPageList",
            {"orderId": int(order_no), "pageIndex": 1, "pageSize": _APPLICATIONS_A_PAGE},
        )
        result = succeeded(answer["queryResult"], "errorCode", "errorMsg")
        return [refunds.application(raw) for raw in result["result"]]

    async def _services(self, order: Order) -> list[Refund]:
        asked = self._changes.services({"orderId": int(order.number)})
        services = [service async for service in asked]
        return list(await asyncio.gather(*(self._priced(order, each) for each in services)))

    async def _priced(self, order: Order, service: refunds.Service) -> Refund:
        """Ask what is given back; where nobody tells it can be no more than was paid."""
        answer = await self._client.read(
            "jingdong.b2c.shop.aftersales.refund.get", {"afsServiceId": int(service.id)}
        )
        result = succeeded(answer["result"], "errorCode", "errorMsg")
        amount = refunds.service_amount(result["data"])
        return replace(service.refund, amount=order.payment if amount is None else amount)


def _is_number(text: str) -> bool:
    return (
        text.isascii()
        and text.isdecimal()
        and len(text) <= _MOST_DIGITS
        and not text.startswith("0")
    )


JD = Platform("jd", "京东", JdShop, RATE)
