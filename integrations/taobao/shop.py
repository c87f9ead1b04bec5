"""A Taobao or Tmall shop as the desk's port sees it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from desk.shops.port import BuyerId, Item, ItemId, Order, Parcel, SkuStock
from desk.shops.powers import HeldCoupon, IssuedCoupon, Keep, Member
from integrations.beijing import from_utc
from integrations.platform import Platform, ShopEntry, Surroundings
from integrations.taobao import coupons, wire
from integrations.taobao.changes import Changes
from integrations.taobao.client import RATE, TopClient, TopRefused
from integrations.taobao.listening import Listening
from integrations.taobao.trades import Trades, is_gone
from integrations.wild import Wild

_ITEMS_A_PAGE = 200
_ORDERS_A_PAGE = 100
_ACTIVITIES_A_PAGE = 50
_COUPONS_A_PAGE = 100
_MOST_PAGES = 100
_ORDERS_BACK = timedelta(days=89)


class TaobaoShop:
    """One shop on Taobao or Tmall."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        self.id = entry.id
        self.name = entry.name
        self._clock = around.clock
        self._client = TopClient(entry, around)
        self._trades = Trades(entry.id, self._client)
        self._changes = Changes(entry.id, self._client, self._trades)
        group = entry.credentials.get("tmc_group", "")
        self._listening = Listening(entry.id, self._client, group)

    @property
    def tells_scans(self) -> bool:
        """The platform tells where its parcels are."""
        return True

    @property
    def token_expires_at(self) -> datetime | None:
        """When the session ends (aware UTC), None as long as TOP has not told."""
        return self._client.session.expires_at

    @property
    def renews_itself(self) -> bool:
        """Only where a refresh token is in the shops' file."""
        return self._client.renews_itself

    async def find_items(self, query: str) -> tuple[Item, ...]:
        """Products on sale whose title holds the query; all of them for ""."""
        found: list[Item] = []
        for page in range(1, _MOST_PAGES + 1):
            answer = await self._client.call(
                "taobao.items.onsale.get",
                {
                    "fields": wire.ITEM_FIELDS,
                    "q": query,
                    "page_no": str(page),
                    "page_size": str(_ITEMS_A_PAGE),
                },
            )
            items = [wire.item(self.id, raw) for raw in answer["items"]["item"]]
            found += items
            if not items or len(found) >= answer["total_results"].whole():
                break
        return tuple(found)

    async def stock(self, item: ItemId) -> tuple[SkuStock, ...]:
        """Stock and price of each SKU of a product; () for one that is gone."""
        try:
            answer = await self._client.call(
                "taobao.item.seller.get", {"num_iid": item.item, "fields": wire.STOCK_FIELDS}
            )
        except TopRefused as error:
            if is_gone(error):
                return ()
            raise
        return wire.stock(item, answer["item"])

    async def order(self, order_no: str) -> Order | None:
        """An order by its number."""
        trade = await self._trades.one(order_no)
        return await self._trades.complete(trade) if trade is not None else None

    async def orders_of(self, buyer: BuyerId, since: datetime) -> tuple[Order, ...]:
        """A buyer's orders created since then, newest first; TOP tells of three months only."""
        trades = [trade async for trade in self._trades_of(buyer, since)]
        orders = await asyncio.gather(*(self._trades.complete(trade) for trade in trades))
        return tuple(sorted(orders, key=lambda order: order.created_at, reverse=True))

    def changed_orders(self, since: datetime, until: datetime) -> AsyncIterator[Order]:
        """Orders that changed in [since, until), complete with refunds; the future is left out.

        One after the other, so that customers' questions find their turn in between.
        """
        return self._changes.orders(since, min(until, self._clock.now()))

    async def parcels(self, order_no: str) -> tuple[Parcel, ...]:
        """The parcels of an order; one that was split is asked for by its sub-orders."""
        trade = await self._trades.one(order_no)
        if trade is None or not trade.packed:
            return ()
        if not trade.is_split:
            return (await self._parcel(order_no),)
        return tuple(await asyncio.gather(*(self._parcel(order_no, oid) for oid in trade.packed)))

    async def issue_coupon(self, coupon_id: str, buyer: BuyerId) -> IssuedCoupon:
        """Put a coupon into a buyer's account. Not idempotent, and not tried again."""
        answer = await self._client.call(
            "taobao.promotion.coupon.send",
            {"coupon_id": coupon_id, "buyer_ids": buyer.buyer},
            is_read=False,
        )
        return coupons.issued(answer)

    async def holds_coupon(self, coupon_id: str, buyer: BuyerId) -> bool:
        """Tell whether the buyer has it unused."""
        answer = await self._client.call(
            "taobao.promotion.coupondetail.get",
            {"coupon_id": coupon_id, "buyer_nick": buyer.buyer, "state": "unused"},
        )
        return bool(tuple(answer["coupon_details"]["coupon_detail"]))

    async def coupons_of(self, buyer: BuyerId) -> tuple[HeldCoupon, ...]:
        """The buyer's coupons of each of the shop's activities, used ones too."""
        found: list[HeldCoupon] = []
        for activity in await self._activities():
            answer = await self._client.call(
                "taobao.promotion.coupondetail.get",
                {
                    "coupon_id": activity["coupon_id"].id(),
                    "buyer_nick": buyer.buyer,
                    "page_size": str(_COUPONS_A_PAGE),
                },
            )
            rows = answer["coupon_details"]["coupon_detail"]
            found += [coupons.held(activity, raw, self._clock.now()) for raw in rows]
        return tuple(found)

    async def listen(self, keep: Keep) -> None:
        """Fetch TOP's messages until cancelled or until TOP cannot be asked.

        One message may come again, with the same `id`, when we were gone before it was confirmed.
        """
        await self._listening.listen(keep)

    async def _activities(self) -> list[Wild]:
        found: list[Wild] = []
        for page in range(1, _MOST_PAGES + 1):
            answer = await self._client.call(
                "taobao.promotion.coupons.get",
                {"page_no": str(page), "page_size": str(_ACTIVITIES_A_PAGE)},
            )
            rows = tuple(answer["coupons"]["coupon"])
            found += rows
            if not rows or len(found) >= answer["total_results"].whole():
                break
        return found

    async def member(self, buyer: BuyerId) -> Member | None:
        """The buyer's grade and points."""
        answer = await self._client.call(
            "taobao.crm.members.search.privy",
            {"ouid": buyer.buyer, "current_page": "1", "page_size": "1"},
        )
        grade = wire.grade(answer)
        if grade is None:
            return None
        answer = await self._client.call(
            "taobao.crm.point.available.get", {"open_uid": buyer.buyer}
        )
        return Member(grade, wire.points(answer))

    async def _trades_of(self, buyer: BuyerId, since: datetime) -> AsyncIterator[wire.Trade]:
        now = self._clock.now()
        for page in range(1, _MOST_PAGES + 1):
            answer = await self._client.call(
                "taobao.trades.sold.get",
                {
                    "fields": wire.ORDER_FIELDS,
                    "buyer_open_id": buyer.buyer,
                    "start_created": from_utc(max(since, now - _ORDERS_BACK)),
                    "end_created": from_utc(now),
                    "page_no": str(page),
                    "page_size": str(_ORDERS_A_PAGE),
                    "use_has_next": "true",
                },
            )
            for raw in answer["trades"]["trade"]:
                yield wire.trade(self.id, raw)
            if not answer["has_next"].is_true():
                break

    async def _parcel(self, order_no: str, sub_order: str = "") -> Parcel:
        split = {"is_split": "1", "sub_tid": sub_order} if sub_order else {}
        answer = await self._client.call(
            "taobao.logistics.trace.search", {"tid": order_no, **split}
        )
        return wire.parcel(answer)


TAOBAO = Platform("taobao", "淘宝、天猫", TaobaoShop, RATE)
