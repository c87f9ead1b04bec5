"""The merchant's own shop on WooCommerce: its listings, customers and orders."""

from dataclasses import dataclass

from pydantic import ConfigDict

from sandbox.merchant.catalog import Listing
from sandbox.merchant.orders import OrderSeed
from sandbox.merchant.reading import read


@dataclass(frozen=True, slots=True)
class WooCommerceBuyer:
    """A customer; `customer_id` 0: bought as a guest. Phones as people type them into forms."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    key: str
    customer_id: int
    email: str
    name: str
    phone: str
    state: str
    city: str
    address: str
    shipping_phone: str = ""

    @property
    def mobile(self) -> str:
        """Eleven digits, as the carrier was told."""
        written = self.shipping_phone or self.phone
        return "".join(letter for letter in written if letter.isdecimal())[-11:]


@dataclass(frozen=True, slots=True)
class WooCommerceSeeds:
    """All of the shop; `listings` by the catalog's key.

    `uncounted` and `backordered` are keys of products, `dearer` what a variant costs more (fen, by
    its code), `numbers` what a plugin calls an order, `on_delivery` orders paid at the door.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    listings: dict[str, Listing]
    uncounted: list[str]
    backordered: list[str]
    dearer: dict[str, int]
    buyers: list[WooCommerceBuyer]
    orders: list[OrderSeed]
    numbers: dict[str, str]
    on_delivery: list[str]


def load_woocommerce() -> WooCommerceSeeds:
    """The shop in the order of the file."""
    return read("woocommerce.yml", WooCommerceSeeds)
