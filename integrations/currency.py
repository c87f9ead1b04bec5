"""Orders in another currency than yuan: they stop nobody who lists orders, and are told of once."""

import logging

from desk.kernel.errors import Refused

log = logging.getLogger("integrations")


class OtherCurrency(Refused):
    """Amounts are not in yuan, which is all the desk counts."""

    def __init__(self, party: str, currency: str) -> None:
        super().__init__(
            f"{party}.currency", f"店铺用 {currency} 计价，这里只认人民币（CNY）的价格"
        )
        self.currency = currency


class LeftOut:
    """What a shop's lists of orders leave out, told once for each currency."""

    def __init__(self, shop: str) -> None:
        self._shop = shop
        self._told: set[str] = set()

    def tell(self, error: OtherCurrency) -> None:
        """Write a line of the log, unless this currency was told of before."""
        if error.currency not in self._told:
            self._told.add(error.currency)
            fields = {"shop": self._shop, "currency": error.currency}
            log.warning("shop.orders_left_out", extra=fields)
