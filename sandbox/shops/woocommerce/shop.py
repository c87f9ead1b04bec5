"""The state of the fake shop: shelf, ledger, customers, who may come in, and its mood."""

from sandbox.clock import Clock
from sandbox.merchant.catalog import load_catalog
from sandbox.merchant.woocommerce import WooCommerceBuyer, load_woocommerce
from sandbox.shops.control import StatusWords
from sandbox.shops.faults import Faults
from sandbox.shops.ledger import Ledger
from sandbox.shops.shelf import ShelfSku, stock
from sandbox.shops.woocommerce.credentials import WooCommerceKeys
from sandbox.shops.woocommerce.oauth import Door


class WooCommerceShop:
    """One shop. `public` is the address that pictures and pages live under."""

    words = StatusWords(
        paid=frozenset(("processing", "completed", "partial-shipped")),
        sent=frozenset(("completed", "partial-shipped")),
        done=frozenset(("completed",)),
        all_sent="completed",
        part_sent="partial-shipped",
        refunded="BACK",
    )

    def __init__(self, clock: Clock, keys: WooCommerceKeys) -> None:
        self.clock = clock
        self.keys = keys
        self.public = ""
        self.reset()

    def reset(self) -> None:
        """Back to the seeds, as of now."""
        seeds = load_woocommerce()
        self.started = self.clock.now()
        self.faults = Faults()
        self.door = Door(self.keys)
        self.shelf = stock((product, seeds.listings.get(product.key)) for product in load_catalog())
        self.ledger = Ledger(seeds.orders, self.shelf, self.started)
        self.buyers, self.numbers = seeds.buyers, seeds.numbers
        self.uncounted = frozenset(seeds.uncounted)
        self.backordered = frozenset(seeds.backordered)
        self.on_delivery = frozenset(seeds.on_delivery)
        self._dearer = seeds.dearer

    def price(self, sku: ShelfSku) -> int:
        """Fen for one piece; large sizes may cost more."""
        return sku.price + self._dearer.get(sku.outer_id, 0)

    def expire_token(self, expired: bool) -> None:
        """Take the API key back, or give it again: it does not end by itself."""
        self.door.is_revoked = expired

    def buyer(self, key: str) -> WooCommerceBuyer:
        """The buyer the seeds name `key`. Raises StopIteration for a wrong seed."""
        return next(buyer for buyer in self.buyers if buyer.key == key)
