"""A JD shop as the desk's port sees it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from itertools import count

from desk.kernel.money import Fen
from desk.shops.port import Item, ItemId, Order, Parcel, Refund, RefundStatus, SkuStock
from integrations.jd import refunds, wire
from integrations.jd.changes import Changes, Services
from integrations.jd.client import RATE, JdRefused, JosClient, succeeded
from integrations.platform import Platform, ShopEntry, Surroundings
from integrations.wild import Wild

_SKUS_A_PAGE = 50
_APPLICATIONS_A_PAGE = 50
_ON_SALE = "1"
_MOST_DIGITS = 18
_NOT_THERE = ("不存在", "没有找到", "没有查到", "未找到", "未查询到", "查询不到", "无此订单")


class JdShop:
    """One shop on JD."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        self.id = entry.id
        self.name = entry.name
        self._clock = around.clock
        self._client = JosClient(entry, around)
        self._changes = Changes(self._client)

    @property
    def token_expires_at(self) -> datetime | None:
        """When the authorisation ends (aware UTC), None as long as nobody has told."""
        return self._client.token.expires_at

    @property
    def renews_itself(self) -> bool:
        """Only where a refresh token and the end are in the shops' file."""
        return self._client.authorisation.renews_itself

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

        One after the other, so that customers' questions find their turn in between. JD tells of
        three months; what is asked for before is refused.
        """
        told: set[str] = set()
        until = min(until, self._clock.now())
        async for raw in self._changes.orders(since, until):
            sale = wire.sale(self.id, raw)
            told.add(sale.order.number)
            yield await self._with_refunds(sale)
        async for number in self._changes.serviced(since, until):
            serviced = None if number in told else await self.order(number)
            if serviced is not None:
                told.add(number)
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
        applications, services = await asyncio.gather(
            self._applications(order) if sale.may_be_applied_for else _none(),
            self._services(order) if sale.may_have_services else _none(),
        )
        found = (*applications, *services)
        if not found or order.updated_at is None:
            return replace(order, refunds=found)
        latest = max(order.updated_at, *(refund.updated_at for refund in found))
        return replace(order, refunds=found, updated_at=latest)

    async def _applications(self, order: Order) -> list[Refund]:
        answer = await self._client.read(
            "jingdong.pop.afs.soa.refundapply.queryPageList",
            {"orderId": int(order.number), "pageIndex": 1, "pageSize": _APPLICATIONS_A_PAGE},
        )
        result = succeeded(answer["queryResult"], "errorCode", "errorMsg")
        return [refunds.application(raw) for raw in result["result"]]

    async def _services(self, order: Order) -> list[Refund]:
        rows = await Services(self._client).of_order(order.number)
        return list(await asyncio.gather(*(self._service(order, row) for row in rows)))

    async def _service(self, order: Order, raw: Wild) -> Refund:
        amount = await self._amount(raw)
        return refunds.service(raw, order.payment if amount is None else amount)

    async def _amount(self, raw: Wild) -> Fen | None:
        """Ask what was given back, or may be; None where JD does not tell before it was."""
        answer = await self._client.read(
            "jingdong.b2c.shop.aftersales.refund.get",
            {"afsServiceId": int(refunds.service_id(raw))},
        )
        try:
            result = succeeded(answer["result"], "errorCode", "errorMsg")
        except JdRefused:
            if refunds.service_state(raw) is RefundStatus.REFUNDED:
                raise
            return None
        return refunds.service_amount(result["data"])


async def _none() -> list[Refund]:
    return []


def _is_number(text: str) -> bool:
    return (
        text.isascii()
        and text.isdecimal()
        and len(text) <= _MOST_DIGITS
        and not text.startswith("0")
    )


JD = Platform("jd", "京东", JdShop, RATE)
