"""A Youzan shop as the desk's port sees it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from desk.shops.port import BuyerId, Item, ItemId, Order, Parcel, SkuStock
from desk.shops.powers import HeldCoupon, IssuedCoupon, Member
from integrations.beijing import from_utc
from integrations.platform import Platform, ShopEntry, Surroundings
from integrations.youzan import coupons, webhook, wire
from integrations.youzan.changes import LONGEST, Changes
from integrations.youzan.client import RATE, YouzanClient, YouzanRefused
from integrations.youzan.trades import Trades, is_gone

_ITEMS_A_PAGE = 300
_ORDERS_A_PAGE = 100
_MOST_PAGES = 100
_READ_TOGETHER = 20


class YouzanShop:
    """One shop on Youzan."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        self.id = entry.id
        self.name = entry.name
        self._clock = around.clock
        self._client = YouzanClient(entry, around)
        self._trades = Trades(entry.id, self._client)
        self._changes = Changes(self._client)

    @property
    def tells_scans(self) -> bool:
        """The platform tells where its parcels are."""
        return True

    @property
    def token_expires_at(self) -> datetime | None:
        """When the access token in use ends (aware UTC), None before the first call."""
        return self._client.token.expires_at

    @property
    def renews_itself(self) -> bool:
        """A new token is had for asking."""
        return True

    async def find_items(self, query: str) -> tuple[Item, ...]:
        """Products on sale whose title holds the query; all of them for ""."""
        found: list[Item] = []
        for page in range(1, _MOST_PAGES + 1):
            asked = {"page_no": page, "page_size": _ITEMS_A_PAGE, **({"q": query} if query else {})}
            data = await self._client.call("youzan.items.onsale.get", "3.0.0", asked)
            items = [wire.item(self.id, raw) for raw in data["items"]]
            found += items
            if not items or len(found) >= data["count"].whole():
                break
        return tuple(found)

    async def stock(self, item: ItemId) -> tuple[SkuStock, ...]:
        """Stock and price of each SKU of a product; () for one that is gone."""
        try:
            data = await self._client.call(
                "youzan.item.detail.get", "1.0.2", {"item_id": int(item.item)}
            )
        except YouzanRefused as error:
            if is_gone(error):
                return ()
            raise
        return wire.stock(item, data)

    async def order(self, order_no: str) -> Order | None:
        """An order by its number, with the last digits of the receiver's phone."""
        trade = await self._trades.one(order_no)
        if trade is None:
            return None
        return await self._trades.complete(trade, await self._trades.phone_tail(trade.sealed_phone))

    async def orders_of(self, buyer: BuyerId, since: datetime) -> tuple[Order, ...]:
        """A buyer's orders created since then, newest first.

        Their `phone_tail` is None: opening a phone is metered and audited, and whose orders these
        are is known already.
        """
        trades = [trade async for trade in self._trades_of(buyer, since)]
        orders = await asyncio.gather(*(self._trades.with_refunds(trade) for trade in trades))
        return tuple(sorted(orders, key=lambda order: order.created_at, reverse=True))

    async def changed_orders(self, since: datetime, until: datetime) -> AsyncIterator[Order]:
        """Orders that changed in [since, until), complete with refunds; the future is left out.

        Youzan's lists lag: who asks for what happened within the last 30 seconds has to ask
        again. One after the other, so that customers' questions find their turn in between.
        """
        some: list[str] = []
        async for number in self._changes.numbers(since, min(until, self._clock.now())):
            some.append(number)
            if len(some) == _READ_TOGETHER:
                for order in await self._read(some):
                    yield order
                some = []
        for order in await self._read(some):
            yield order

    async def parcels(self, order_no: str) -> tuple[Parcel, ...]:
        """The parcels of an order with their way so far."""
        trade = await self._trades.one(order_no)
        packages = trade.packages if trade is not None else ()
        return tuple(await asyncio.gather(*(self._parcel(package) for package in packages)))

    async def issue_coupon(self, coupon_id: str, buyer: BuyerId) -> IssuedCoupon:
        """Put a coupon into a buyer's account. Not idempotent, and not tried again."""
        asked = {"coupon_group_id": int(coupon_id), "open_user_id": buyer.buyer}
        try:
            data = await self._client.call("youzan.ump.coupon.take", "3.0.0", asked, is_read=False)
        except YouzanRefused as error:
            return coupons.not_issued(error)
        return coupons.issued(data)

    async def holds_coupon(self, coupon_id: str, buyer: BuyerId) -> bool:
        """Tell whether the buyer has it, used or not."""
        return any(held.coupon_id == coupon_id for held in await self.coupons_of(buyer))

    async def coupons_of(self, buyer: BuyerId) -> tuple[HeldCoupon, ...]:
        """The buyer's coupons (优惠券; codes that were handed out, 优惠码, are not among them)."""
        try:
            data = await self._client.call(
                "youzan.ump.promocard.buyer.search", "3.0.1", {"open_user_id": buyer.buyer}
            )
        except YouzanRefused as error:
            if is_gone(error):
                return ()
            raise
        return tuple(coupons.held(card, self._clock.now()) for card in data["cards"])

    async def void_coupon(self, code: str) -> bool:
        """Make a coupon unusable by redeeming it (核销), which is all that Youzan offers for it."""
        try:
            await self._client.call(
                "youzan.ump.voucher.operate.verify", "1.0.0", {"code": code}, is_read=False
            )
        except YouzanRefused as error:
            if coupons.is_useless(error):
                return False
            raise
        return True

    async def buyer_of(self, external_userid: str) -> BuyerId | None:
        """The buyer whom Youzan's WeCom assistant has linked to this customer."""
        try:
            data = await self._client.call(
                "youzan.users.customer.get.openUserId",
                "1.0.0",
                {"external_user_id": external_userid},
            )
        except YouzanRefused as error:
            if is_gone(error):
                return None
            raise
        found = data["yz_open_id"] if data.is_object else data
        return None if found.is_null else BuyerId(self.id, found.id())

    async def member(self, buyer: BuyerId) -> Member | None:
        """The buyer's level and points."""
        try:
            data = await self._client.call(
                "youzan.scrm.customer.detail.get",
                "1.0.1",
                {"yz_open_id": buyer.buyer, "fields": "user_base,level,credit"},
            )
        except YouzanRefused as error:
            if is_gone(error):
                return None
            raise
        return wire.member(data)

    async def _read(self, numbers: Sequence[str]) -> list[Order]:
        found = [await self._trades.one(number) for number in numbers]
        trades = [trade for trade in found if trade is not None]
        tails = await self._trades.phone_tails(trade.sealed_phone for trade in trades)
        return [
            await self._trades.complete(trade, tails.get(trade.sealed_phone)) for trade in trades
        ]

    async def _trades_of(self, buyer: BuyerId, since: datetime) -> AsyncIterator[wire.Trade]:
        """Walk windows of at most three months, as longer ones are refused, latest first."""
        end = self._clock.now()
        while end > since:
            start = max(since, end - LONGEST)
            async for trade in self._trades_between(buyer, start, end):
                yield trade
            end = start

    async def _trades_between(
        self, buyer: BuyerId, start: datetime, end: datetime
    ) -> AsyncIterator[wire.Trade]:
        asked = {
            "yz_open_id": buyer.buyer,
            "start_created": from_utc(start),
            "end_created": from_utc(end),
            "page_size": _ORDERS_A_PAGE,
        }
        for page in range(1, _MOST_PAGES + 1):
            data = await self._client.call(
                "youzan.trades.sold.get", "4.0.4", {**asked, "page_no": page}
            )
            for raw in data["full_order_info_list"]:
                yield wire.trade(self.id, raw)
            if page * _ORDERS_A_PAGE >= data["total_results"].whole():
                break

    async def _parcel(self, package: wire.Package) -> Parcel:
        data = await self._client.call(
            "youzan.logistics.goodsexpress.get",
            "3.0.0",
            {"express_id": int(package.express_id), "express_no": package.express_no},
        )
        return wire.parcel(package, data)


YOUZAN = Platform("youzan", "有赞", YouzanShop, RATE, webhook.receive)
