"""The state of the fake Pinduoduo shop: shelf, ledger, tokens, messages and its mood."""

from datetime import timedelta

from sandbox.clock import Clock
from sandbox.merchant.catalog import load_catalog
from sandbox.merchant.pinduoduo import Buyer, load_seeds
from sandbox.shops.faults import Faults
from sandbox.shops.ledger import Ledger
from sandbox.shops.pinduoduo.credentials import Credentials
from sandbox.shops.pinduoduo.limits import Limits
from sandbox.shops.pinduoduo.messages import MessageDesk, Times
from sandbox.shops.pinduoduo.states import WORDS
from sandbox.shops.pinduoduo.tokens import Tokens
from sandbox.shops.shelf import stock


class PinduoduoShop:
    """One shop behind the gateway. `public` is the address that pictures and pages live under.

    `lag`: what changed so lately is not in the list of changed orders yet.
    """

    words = WORDS

    def __init__(self, clock: Clock, credentials: Credentials, times: Times | None = None) -> None:
        self.clock = clock
        self.credentials = credentials
        self.public = ""
        self.tokens = Tokens(credentials, clock.now())
        self.messages = MessageDesk(clock, credentials, times or Times())
        self.reset()

    def reset(self) -> None:
        """Back to the seeds, as of now; tokens stay, as clients would be locked out for good."""
        seeds = load_seeds()
        self.faults = Faults()
        self.faults.rate = 0
        self.limits = Limits()
        self.lag = timedelta(0)
        self.shelf = stock((product, seeds.listings.get(product.key)) for product in load_catalog())
        self.ledger = Ledger(seeds.orders, self.shelf, self.clock.now())
        self.buyers = seeds.buyers
        self.tokens.expire(False)
        self.messages.forget()

    def expire_token(self, expired: bool) -> None:
        """Let the access token be expired; a client gets another one by its refresh token."""
        self.tokens.expire(expired)

    def buyer(self, key: str) -> Buyer:
        """The buyer the seeds name `key`. Raises StopIteration for a wrong seed."""
        return next(buyer for buyer in self.buyers if buyer.key == key)
