"""The state of the fake JD shop: shelf, ledger, its authorisation and its mood."""

from sandbox.clock import Clock
from sandbox.merchant.catalog import load_catalog
from sandbox.merchant.jd import JdBuyer, load_jd
from sandbox.shops.control import StatusWords
from sandbox.shops.faults import Faults
from sandbox.shops.jd.credentials import Credentials
from sandbox.shops.jd.grants import Grants
from sandbox.shops.ledger import Ledger
from sandbox.shops.shelf import stock

_DONE = frozenset(("FINISHED_L",))
_SENT = _DONE | {
    "SEND_TO_DISTRIBUTION_CENER",
    "DISTRIBUTION_CENTER_RECEIVED",
    "WAIT_GOODS_RECEIVE_CONFIRM",
    "RECEIPTS_CONFIRM",
}
_PAID = _SENT | {
    "WAIT_SELLER_STOCK_OUT",
    "WAIT_SEND_CODE",
    "WAIT_SELLER_DELIVERY",
    "LOCKED",
    "PAUSE",
    "POP_ORDER_PAUSE",
}


class JdShop:
    """One shop behind JOS. An order that is sent in parts waits until all of it is sent."""

    words = StatusWords(
        paid=frozenset(_PAID),
        sent=frozenset(_SENT),
        done=_DONE,
        all_sent="WAIT_GOODS_RECEIVE_CONFIRM",
        part_sent="WAIT_SELLER_STOCK_OUT",
        refunded="13",
    )

    def __init__(self, clock: Clock, credentials: Credentials) -> None:
        self.clock = clock
        self.credentials = credentials
        self.reset()

    def reset(self) -> None:
        """Back to the seeds, as of now."""
        seeds, now = load_jd(), self.clock.now()
        self.faults = Faults()
        self.grants = Grants(self.credentials, now)
        listings = seeds.listings
        self.shelf = stock((product, listings.get(product.key)) for product in load_catalog())
        self.ledger = Ledger(seeds.orders, self.shelf, now)
        self.buyers = seeds.buyers

    def expire_token(self, expired: bool) -> None:
        """Let the seller's authorisation be withdrawn, or be as it was."""
        self.grants.withdrawn = expired

    def buyer(self, key: str) -> JdBuyer:
        """The buyer the seeds name `key`. Raises StopIteration for a wrong seed."""
        return next(buyer for buyer in self.buyers if buyer.key == key)
