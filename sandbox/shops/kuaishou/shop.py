"""The state of the fake Kuaishou shop: shelf, ledger, its authorisation and its mood."""

from sandbox.clock import Clock
from sandbox.merchant.catalog import load_catalog
from sandbox.merchant.kuaishou import KuaishouBuyer, load_kuaishou
from sandbox.shops.control import StatusWords
from sandbox.shops.faults import Faults
from sandbox.shops.kuaishou.credentials import Credentials
from sandbox.shops.kuaishou.grants import Grants
from sandbox.shops.ledger import Ledger
from sandbox.shops.shelf import stock


class KuaishouShop:
    """One shop. An order is of one product, so none is sent in parts."""

    words = StatusWords(
        paid=frozenset({"30", "40", "50", "70"}),
        sent=frozenset({"40", "50", "70"}),
        done=frozenset({"70"}),
        all_sent="40",
        part_sent="30",
        refunded="60",
        refund_moves_order=False,
    )

    def __init__(self, clock: Clock, credentials: Credentials) -> None:
        self.clock = clock
        self.credentials = credentials
        self.reset()

    def reset(self) -> None:
        """Back to the seeds, as of now."""
        seeds, now = load_kuaishou(), self.clock.now()
        self.faults = Faults()
        self.grants = Grants(self.credentials, now)
        listings = seeds.listings
        self.shelf = stock((product, listings.get(product.key)) for product in load_catalog())
        self.ledger = Ledger(seeds.orders, self.shelf, now)
        self.buyers = seeds.buyers

    def expire_token(self, expired: bool) -> None:
        """Let the access tokens so far be expired, or good again."""
        self.grants.expire(expired)

    def buyer(self, key: str) -> KuaishouBuyer:
        """The buyer the seeds name `key`. Raises StopIteration for a wrong seed."""
        return next(buyer for buyer in self.buyers if buyer.key == key)
