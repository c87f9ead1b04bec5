"""Ids of orders and after-sales: cursors, longest windows, narrower ones on demand."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass

from desk.kernel.errors import Unavailable
from integrations.wechat_store.client import PARTY, WechatStoreClient, WechatStoreRefused

_A_PAGE = 100
_DAY = 86_400

Window = Callable[[int, int], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of the gateway. `window` writes both ends (Unix seconds, inclusive) as it wants
    them, at most `longest` seconds apart; `ids` is the field of the answer.
    """

    path: str
    ids: str
    longest: int
    window: Window
    more: Mapping[str, object]

    async def between(self, client: WechatStoreClient, start: int, end: int) -> AsyncIterator[str]:
        """Walk [start, end] in windows as long as allowed, earliest first; errors of the client."""
        low = start
        while low <= end:
            high = min(end, low + self.longest)
            async for number in self._inside(client, low, high):
                yield number
            low = high + 1

    async def _inside(self, client: WechatStoreClient, low: int, high: int) -> AsyncIterator[str]:
        """Walk one window; in two halves where the platform says that it holds too much."""
        try:
            async for number in self._paged(client, self.window(low, high)):
                yield number
        except WechatStoreRefused as error:
            if not error.asks_too_much:
                raise
            if low == high:
                raise Unavailable(error.code, error.say) from error
            middle = (low + high) // 2
            for halves in ((low, middle), (middle + 1, high)):
                async for number in self._inside(client, *halves):
                    yield number

    async def _paged(
        self, client: WechatStoreClient, window: Mapping[str, object]
    ) -> AsyncIterator[str]:
        """Follow the cursor; every page repeats the same filters, or else it is refused."""
        asked, cursor = {**window, **self.more}, ""
        while True:
            page = await client.call(self.path, {**asked, "next_key": cursor})
            for number in page[self.ids]:
                yield number.id()
            if not page["has_more"].is_true():
                return
            last, cursor = cursor, page["next_key"].text_or("")
            if cursor in ("", last):
                raise Unavailable(f"{PARTY}.cursor", "微信小店的列表没有翻完")


def _span(name: str) -> Window:
    return lambda low, high: {name: {"start_time": low, "end_time": high}}


def created_orders(openid: str) -> Listing:
    """A buyer's orders by their creation."""
    more = {"openid": openid, "page_size": _A_PAGE}
    return Listing("order/list/get", "order_id_list", 7 * _DAY, _span("create_time_range"), more)


UPDATED_ORDERS = Listing(
    "order/list/get",
    "order_id_list",
    7 * _DAY,
    _span("update_time_range"),
    {"page_size": _A_PAGE},
)
UPDATED_REFUNDS = Listing(
    "aftersale/getaftersalelist",
    "after_sale_order_id_list",
    _DAY,
    lambda low, high: {"begin_update_time": low, "end_update_time": high},
    {},
)
