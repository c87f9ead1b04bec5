"""The state of the fake shop: shelf, ledger, customers, its points and its mood."""

from sandbox.clock import Clock
from sandbox.merchant.catalog import load_catalog
from sandbox.merchant.shopify import ShopifyBuyer, load_shopify
from sandbox.shops.control import StatusWords
from sandbox.shops.faults import Faults
from sandbox.shops.ledger import Ledger
from sandbox.shops.shelf import stock
from sandbox.shops.shopify.bucket import Bucket
from sandbox.shops.shopify.credentials import ShopifyKeys


class ShopifyShop:
    """One shop. An order's `status` is "FINANCIAL/FULFILMENT"; `close_type` 1: it was cancelled."""

    words = StatusWords(
        paid=frozenset(("PAID/UNFULFILLED", "PAID/PARTIALLY_FULFILLED", "PAID/FULFILLED")),
        sent=frozenset(("PAID/PARTIALLY_FULFILLED", "PAID/FULFILLED")),
        done=frozenset(),
        all_sent="PAID/FULFILLED",
        part_sent="PAID/PARTIALLY_FULFILLED",
        refunded="SUCCESS",
    )

    def __init__(self, clock: Clock, keys: ShopifyKeys) -> None:
        self.clock = clock
        self.keys = keys
        self.public = ""
        self.reset()

    def reset(self) -> None:
        """Back to the seeds, as of now."""
        seeds = load_shopify()
        self.started = self.clock.now()
        self.faults = Faults()
        self.bucket = Bucket(self.started)
        self.is_revoked = False
        self.shelf = stock((product, seeds.listings.get(product.key)) for product in load_catalog())
        self.ledger = Ledger(seeds.orders, self.shelf, self.started)
        self.buyers, self.locations, self.tags = seeds.buyers, seeds.locations, seeds.tags
        self.untracked = frozenset(seeds.untracked)

    def expire_token(self, expired: bool) -> None:
        """Remove the app from the shop, or put it back: a token does not end by itself."""
        self.is_revoked = expired

    def buyer(self, key: str) -> ShopifyBuyer:
        """The buyer the seeds name `key`. Raises StopIteration for a wrong seed."""
        return next(buyer for buyer in self.buyers if buyer.key == key)
