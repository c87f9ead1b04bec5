"""A customer, the names they are known by outside, and what they have shown to be theirs."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.kernel.ids import ConversationId, CustomerId
from desk.shops.port import BuyerId, ItemId

EXTERNAL_USERID = "external_userid"
"""The namespace of WeCom's ids of customers."""
UNIONID = "unionid"
"""The namespace of WeChat's ids across the accounts of one open-platform owner."""
OPENID = "openid"
"""The namespace of WeChat's ids in one account: `<app id>:<openid>`."""
SHOP = "shop:"
"""The namespace of a shop's buyers: this and the id of the shop."""


class Evidence(StrEnum):
    """Why we believe that two names are of one person."""

    WECOM = "wecom"
    """WeCom's own id of whoever writes."""
    PLATFORM_BRIDGE = "platform_bridge"
    """The platform itself maps the WeCom customer to the buyer."""
    UNIONID = "unionid"
    """WeCom and the shop name the same unionid."""
    STAFF = "staff"
    """A member of staff says so."""
    SHOP = "shop"
    """The shop's own id of a buyer whom nobody in the chat is known to be."""
    ORDER_AND_PHONE = "order_and_phone"
    """The customer knew an order number and the last four digits of its phone."""
    SAME_PHONE = "same_phone"
    """Two customers wrote the same telephone number."""

    @property
    def is_strong(self) -> bool:
        """Whether it is enough by itself; what is weak only makes a suggestion to the staff."""
        return self not in (Evidence.ORDER_AND_PHONE, Evidence.SAME_PHONE)


@dataclass(frozen=True, slots=True)
class Name:
    """A name of somebody outside, owned by one customer only: (namespace, value)."""

    namespace: str
    value: str


def buyer_name(buyer: BuyerId) -> Name:
    """What a buyer is called among the names."""
    return Name(f"{SHOP}{buyer.shop}", buyer.buyer)


def named_buyer(name: Name) -> BuyerId | None:
    """The buyer of a name; None where it is no shop's."""
    if not name.namespace.startswith(SHOP):
        return None
    return BuyerId(name.namespace.removeprefix(SHOP), name.value)


@dataclass(frozen=True, slots=True)
class Identity:
    """A name with why, when and by whom it was taken for the customer's.

    `by` is the userid of a member of staff, "" where nobody in particular did it.
    """

    name: Name
    evidence: Evidence
    linked_at: datetime
    by: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A buyer of one shop that the customer is held to be, see `Identity`."""

    buyer: BuyerId
    evidence: Evidence
    linked_at: datetime
    by: str = ""


@dataclass(frozen=True, slots=True)
class ViewedItem:
    """A product the customer looked at; `title` as it was then."""

    item: ItemId
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProvenOrder:
    """An order whose number and phone tail were known in a conversation: open there `until` then.

    `buyer` is None where the platform hides it.
    """

    conversation: ConversationId
    shop: str
    order_no: str
    buyer: BuyerId | None
    until: datetime


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer with what is known of the person, under whichever of their customers it stands.

    `id`, `external_userid`, `nickname` and `since` are this customer's own. `links` are the buyers
    of the person, `names` their other names; `proven_orders` those of all their conversations,
    expired ones too (see `desk.customers.opened`). `person` are all customers of the person.
    """

    id: CustomerId
    external_userid: str
    nickname: str
    links: tuple[Link, ...]
    viewed: tuple[ViewedItem, ...]
    proven_orders: tuple[ProvenOrder, ...]
    asked_not_to_push: bool
    since: datetime | None = None
    """When they first wrote; None where that is not known."""
    names: tuple[Identity, ...] = ()
    person: tuple[CustomerId, ...] = ()

    @property
    def buyers(self) -> tuple[BuyerId, ...]:
        """The buyers this person is held to be."""
        return tuple(link.buyer for link in self.links)

    @property
    def unionid(self) -> str:
        """WeChat's id across accounts; "" where WeCom does not tell."""
        known = (each.name for each in self.names)
        return next((name.value for name in known if name.namespace == UNIONID), "")

    def is_person_of(self, customer: CustomerId | None) -> bool:
        """Tell whether a customer is the same person."""
        return customer is not None and (customer == self.id or customer in self.person)
