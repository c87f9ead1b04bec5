"""The state of the fake Douyin shop: shelf, ledger, buyers, tokens and its mood."""

from datetime import datetime, timedelta

from sandbox.clock import Clock
from sandbox.merchant.catalog import load_catalog
from sandbox.merchant.douyin import DouyinBuyer, load_douyin
from sandbox.merchant.orders import OrderSeed
from sandbox.shops.control import StatusWords
from sandbox.shops.douyin.credentials import DouyinKeys
from sandbox.shops.douyin.tokens import Tokens
from sandbox.shops.douyin.vault import Vault
from sandbox.shops.faults import Faults
from sandbox.shops.ledger import Ledger, Order
from sandbox.shops.shelf import stock


class DouyinShop:
    """One shop behind the gateway. `public` is the address that pictures live under."""

    words = StatusWords(
        paid=frozenset(("105", "2", "101", "3", "5")),
        sent=frozenset(("101", "3", "5")),
        done=frozenset(("5",)),
        all_sent="3",
        part_sent="101",
        refunded="12",
    )

    def __init__(self, clock: Clock, keys: DouyinKeys) -> None:
        self.clock = clock
        self.keys = keys
        self.vault = Vault(keys.app_secret)
        self.public = ""
        self.reset()

    def reset(self) -> None:
        """Back to the seeds, as of now; tokens are forgotten too."""
        self.faults = Faults()
        self.tokens = Tokens()
        self.seeds = load_douyin()
        now, listings = self.clock.now(), self.seeds.listings
        self.shelf = stock((product, listings.get(product.key)) for product in load_catalog())
        self.ledger = Ledger(self.seeds.orders, self.shelf, now)
        self._moved = {seed.number: _last_move(seed, now) for seed in self.seeds.orders}

    def expire_token(self, expired: bool) -> None:
        """Let every access token be expired; a client gets a new one by refreshing."""
        if expired:
            self.tokens.expire(self.clock.now())

    def buyer(self, key: str) -> DouyinBuyer:
        """The buyer the seeds name `key`. Raises StopIteration for a wrong seed."""
        return next(buyer for buyer in self.seeds.buyers if buyer.key == key)

    def moved_at(self, order: Order) -> datetime:
        """When the order's own status last changed: after-sales do not count on Douyin."""
        return self._moved[order.number]

    def note_move(self, order: Order) -> None:
        """Remember that the order's own status changes now."""
        self._moved[order.number] = self.clock.now()


def _last_move(seed: OrderSeed, now: datetime) -> datetime:
    moments = (seed.created, seed.paid, seed.shipped, seed.success, seed.updated)
    return now - timedelta(days=min(each for each in moments if each is not None))
