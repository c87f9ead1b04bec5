"""The state of the fake Tmall shop: shelf, ledger, coupons, members, its session and its mood."""

from sandbox.clock import Clock
from sandbox.merchant.buyers import TmallBuyer, load_buyers
from sandbox.merchant.catalog import load_catalog
from sandbox.merchant.orders import load_orders
from sandbox.merchant.vouchers import load_vouchers
from sandbox.shops.control import StatusWords
from sandbox.shops.credentials import Credentials
from sandbox.shops.faults import Faults
from sandbox.shops.ledger import Ledger
from sandbox.shops.shelf import stock
from sandbox.shops.taobao.grants import Sessions
from sandbox.shops.taobao.queue import MessageQueue
from sandbox.shops.vouchers import VoucherDesk


class TaobaoShop:
    """One shop behind TOP. `public` is the address that pictures and pages live under."""

    words = StatusWords(
        paid=frozenset(
            (
                "PAID_FORBID_CONSIGN",
                "WAIT_SELLER_SEND_GOODS",
                "SELLER_CONSIGNED_PART",
                "WAIT_BUYER_CONFIRM_GOODS",
                "TRADE_BUYER_SIGNED",
                "TRADE_FINISHED",
            )
        ),
        sent=frozenset(
            (
                "SELLER_CONSIGNED_PART",
                "WAIT_BUYER_CONFIRM_GOODS",
                "TRADE_BUYER_SIGNED",
                "TRADE_FINISHED",
            )
        ),
        done=frozenset(("TRADE_FINISHED",)),
        all_sent="WAIT_BUYER_CONFIRM_GOODS",
        part_sent="SELLER_CONSIGNED_PART",
        refund_moves_order=False,
    )

    def __init__(self, clock: Clock, credentials: Credentials) -> None:
        self.clock = clock
        self.credentials = credentials
        self.public = ""
        self.reset()

    def reset(self) -> None:
        """Back to the seeds, as of now."""
        self.faults = Faults()
        self.sessions = Sessions(self.credentials.session, self.credentials.refresh_token)
        self.messages = MessageQueue()
        self.shelf = stock((product, product.tmall) for product in load_catalog())
        self.ledger = Ledger(load_orders().tmall, self.shelf, self.clock.now())
        self.vouchers = VoucherDesk(load_vouchers().tmall)
        self.buyers = load_buyers().tmall

    def expire_token(self, expired: bool) -> None:
        """Let the session be invalid (refresh it, or have the seller log in), or valid again."""
        self.sessions.expire(expired)

    def buyer(self, key: str) -> TmallBuyer:
        """The buyer the seeds name `key`. Raises StopIteration for a wrong seed."""
        return next(buyer for buyer in self.buyers if buyer.key == key)

    def buyer_by_uid(self, open_uid: str) -> TmallBuyer | None:
        """The buyer with that open uid."""
        return next((buyer for buyer in self.buyers if buyer.open_uid == open_uid), None)
