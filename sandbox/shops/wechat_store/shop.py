"""The state of the fake shop: shelf, ledger, buyers, coupons, tokens and its mood."""

from datetime import datetime, timedelta

from sandbox.clock import Clock
from sandbox.merchant.catalog import load_catalog
from sandbox.merchant.wechat_store import HeldSeed, WechatBuyer, load_wechat_store
from sandbox.shops.control import StatusWords
from sandbox.shops.faults import Faults
from sandbox.shops.ledger import Ledger
from sandbox.shops.shelf import stock
from sandbox.shops.wechat_store.credentials import WechatStoreKeys
from sandbox.shops.wechat_store.errors import BAD_OPENID, WechatError
from sandbox.shops.wechat_store.pace import MinuteFaults
from sandbox.shops.wechat_store.tokens import Tokens

OPENID_LETTERS = 28


class WechatStoreShop:
    """One shop behind the gateway. `public` is the address that pictures and pages live under."""

    words = StatusWords(
        paid=frozenset(("13", "20", "21", "30", "100")),
        sent=frozenset(("21", "30", "100")),
        done=frozenset(("100",)),
        all_sent="30",
        part_sent="21",
        refunded="MERCHANT_REFUND_SUCCESS",
    )

    def __init__(self, clock: Clock, keys: WechatStoreKeys) -> None:
        self.clock = clock
        self.keys = keys
        self.public = ""
        self.reset()

    def reset(self) -> None:
        """Back to the seeds, as of now; tokens are forgotten too."""
        seeds = load_wechat_store()
        self.started = self.clock.now()
        self.faults: Faults = MinuteFaults()
        self.tokens = Tokens()
        self.shelf = stock((product, seeds.listings.get(product.key)) for product in load_catalog())
        self.full = {
            (item.item_id, sku.sku_id): sku.quantity
            for item in self.shelf.all()
            for sku in item.skus
        }
        self.ledger = Ledger(seeds.orders, self.shelf, self.started)
        self.buyers, self.coupons, self.held = seeds.buyers, seeds.coupons, seeds.held
        self.warehouses, self.regional = seeds.warehouses, frozenset(seeds.regional)
        self.presents, self.presales = frozenset(seeds.presents), frozenset(seeds.presales)

    def expire_token(self, expired: bool) -> None:
        """Let every access token be expired; a client gets a new one by asking."""
        if expired:
            self.tokens.expire(self.clock.now())

    def buyer(self, key: str) -> WechatBuyer:
        """The buyer the seeds name `key`. Raises StopIteration for a wrong seed."""
        return next(buyer for buyer in self.buyers if buyer.key == key)

    def owner(self, openid: str) -> WechatBuyer | None:
        """The buyer with that openid. Raises WechatError 40003 for what cannot be one."""
        if len(openid) != OPENID_LETTERS or not openid.startswith("o"):
            raise WechatError(BAD_OPENID, "invalid openid")
        return next((buyer for buyer in self.buyers if buyer.openid == openid), None)

    def held_by(self, buyer: WechatBuyer | None) -> list[HeldSeed]:
        """A buyer's coupons in the order of the file."""
        return [each for each in self.held if buyer is not None and each.buyer == buyer.key]

    def moment(self, days: float) -> datetime:
        """The moment that many days before the start."""
        return self.started - timedelta(days=days)
