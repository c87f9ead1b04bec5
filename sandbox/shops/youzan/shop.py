"""The state of the fake Youzan shop: shelf, ledger, coupons, customers, tokens and its mood."""

from sandbox.clock import Clock
from sandbox.merchant.buyers import YouzanBuyer, load_buyers
from sandbox.merchant.catalog import load_catalog
from sandbox.merchant.orders import load_orders
from sandbox.merchant.vouchers import load_vouchers
from sandbox.shops.control import StatusWords
from sandbox.shops.credentials import Credentials
from sandbox.shops.faults import Faults
from sandbox.shops.ledger import Ledger
from sandbox.shops.shelf import stock
from sandbox.shops.vouchers import VoucherDesk
from sandbox.shops.youzan.tokens import Tokens
from sandbox.shops.youzan.vault import Vault


class YouzanShop:
    """One shop behind the gateway. `public` is the address that pictures and pages live under."""

    words = StatusWords(
        paid=frozenset(
            (
                "TRADE_PAID",
                "WAIT_CONFIRM",
                "WAIT_SELLER_SEND_GOODS",
                "WAIT_BUYER_CONFIRM_GOODS",
                "TRADE_SUCCESS",
            )
        ),
        sent=frozenset(("WAIT_BUYER_CONFIRM_GOODS", "TRADE_SUCCESS")),
        done=frozenset(("TRADE_SUCCESS",)),
        all_sent="WAIT_BUYER_CONFIRM_GOODS",
        part_sent="WAIT_SELLER_SEND_GOODS",
        refund_moves_order=False,
    )

    def __init__(self, clock: Clock, credentials: Credentials) -> None:
        self.clock = clock
        self.credentials = credentials
        self.vault = Vault(credentials.kdt_id, credentials.client_secret)
        self.public = ""
        self.reset()

    def reset(self) -> None:
        """Back to the seeds, as of now; tokens are forgotten too."""
        self.faults = Faults()
        self.tokens = Tokens()
        self.shelf = stock((product, product.youzan) for product in load_catalog())
        self.ledger = Ledger(load_orders().youzan, self.shelf, self.clock.now())
        self.vouchers = VoucherDesk(load_vouchers().youzan)
        self.buyers = load_buyers().youzan

    def expire_token(self, expired: bool) -> None:
        """Let every access token be expired; a client gets a new one by asking."""
        if expired:
            self.tokens.expire(self.clock.now())

    def buyer(self, key: str) -> YouzanBuyer:
        """The buyer the seeds name `key`. Raises StopIteration for a wrong seed."""
        return next(buyer for buyer in self.buyers if buyer.key == key)

    def buyer_by(self, **known: str) -> YouzanBuyer | None:
        """The buyer whose fields equal those known; the platform's own ids and the phone."""
        return next(
            (
                buyer
                for buyer in self.buyers
                if known and all(getattr(buyer, name) == value for name, value in known.items())
            ),
            None,
        )
