"""What some platforms can do and others cannot: one Protocol for each power, and their list."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from desk.shops.events import ShopEvent
from desk.shops.port import BuyerId, Order, Shop


@runtime_checkable
class ListsOrdersOfBuyer(Protocol):
    """The power to find orders by their buyer; without it the book of orders is searched."""

    async def orders_of(self, buyer: BuyerId, since: datetime) -> tuple[Order, ...]:
        """A buyer's orders created since then, newest first."""


@runtime_checkable
class ListsChangedOrders(Protocol):
    """The power to tell which orders changed, which the safety net and the nightly check need."""

    def changed_orders(self, since: datetime, until: datetime) -> AsyncIterator[Order]:
        """Orders that the platform changed in [since, until), complete with refunds.

        Any order, repeats allowed. The platform's own limits on windows and pages are kept
        inside. Errors are those of `Shop`; whoever sees one takes nothing of the window as done.
        """


@runtime_checkable
class Traces(Protocol):
    """A platform that tells a parcel's way itself; without it a carrier service is asked."""

    @property
    def tells_scans(self) -> bool:
        """Always true; a platform without scans does not have the attribute."""


class CouponIssue(StrEnum):
    """How the issue of a coupon ended."""

    ISSUED = "issued"
    ALREADY_HAS = "already_has"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class IssuedCoupon:
    """The platform's answer; `code` is the code to show at redemption, "" where there is none."""

    result: CouponIssue
    code: str = ""
    reason: str = ""


@runtime_checkable
class IssuesCoupons(Protocol):
    """The power to put a platform coupon into a buyer's account."""

    async def issue_coupon(self, coupon_id: str, buyer: BuyerId) -> IssuedCoupon:
        """Issue one. Not idempotent on most platforms: ask `holds_coupon` after an unknown end."""

    async def holds_coupon(self, coupon_id: str, buyer: BuyerId) -> bool:
        """Tell whether the buyer has it already."""


class CouponState(StrEnum):
    """Where a coupon in a buyer's pocket stands."""

    VALID = "valid"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class HeldCoupon:
    """One coupon of a buyer; `coupon_id` is the activity's, `code` "" where there is none."""

    coupon_id: str
    code: str
    state: CouponState
    expires_at: datetime | None = None


@runtime_checkable
class ListsCoupons(Protocol):
    """The power to tell which coupons a buyer has."""

    async def coupons_of(self, buyer: BuyerId) -> tuple[HeldCoupon, ...]:
        """The buyer's coupons, used and expired ones too as far as the platform tells."""


@runtime_checkable
class VoidsCoupons(Protocol):
    """The power to make a coupon unusable."""

    async def void_coupon(self, code: str) -> bool:
        """Void the coupon with this code; False where it is unknown, used or void already."""


@runtime_checkable
class KnowsWeComCustomers(Protocol):
    """The platform's own bridge from a WeCom customer to its buyer."""

    async def buyer_of(self, external_userid: str) -> BuyerId | None:
        """The buyer that the platform has linked to this WeCom customer."""


@dataclass(frozen=True, slots=True)
class Member:
    """A buyer's membership; `points` None where the platform does not say."""

    level: str
    points: int | None


@runtime_checkable
class KnowsMembers(Protocol):
    """The power to tell a buyer's level and points."""

    async def member(self, buyer: BuyerId) -> Member | None:
        """The buyer's membership."""


@runtime_checkable
class HoldsToken(Protocol):
    """A shop whose access ends at a known time, so that somebody can be told before."""

    @property
    def token_expires_at(self) -> datetime | None:
        """When the access token in use ends (aware UTC), None while that is not known."""

    @property
    def renews_itself(self) -> bool:
        """Whether we get the next token ourselves; where not, a person must act before the end."""


Keep = Callable[[tuple[ShopEvent, ...]], Awaitable[None]]


@runtime_checkable
class Listens(Protocol):
    """A platform that pushes over a connection which we open, not over a webhook."""

    async def listen(self, keep: Keep) -> None:
        """Receive until cancelled; a message is acknowledged only after `keep` returned.

        Returns or raises the errors of `Shop` when the connection ends; the caller comes back.
        """


class Power(StrEnum):
    """What a platform may be able to do, as the table of platforms names it."""

    ORDERS_OF_BUYER = "orders_of_buyer"
    CHANGED_ORDERS = "changed_orders"
    TRACE = "trace"
    MEMBERS = "members"
    ISSUE_COUPONS = "issue_coupons"
    LIST_COUPONS = "list_coupons"
    VOID_COUPONS = "void_coupons"
    WECOM_BRIDGE = "wecom_bridge"
    LISTEN = "listen"
    TOKEN_END = "token_end"  # noqa: S105 - a power, no secret


_PROTOCOLS: tuple[tuple[Power, type[object]], ...] = (
    (Power.ORDERS_OF_BUYER, ListsOrdersOfBuyer),
    (Power.CHANGED_ORDERS, ListsChangedOrders),
    (Power.TRACE, Traces),
    (Power.MEMBERS, KnowsMembers),
    (Power.ISSUE_COUPONS, IssuesCoupons),
    (Power.LIST_COUPONS, ListsCoupons),
    (Power.VOID_COUPONS, VoidsCoupons),
    (Power.WECOM_BRIDGE, KnowsWeComCustomers),
    (Power.LISTEN, Listens),
    (Power.TOKEN_END, HoldsToken),
)


def powers_of(shop: Shop) -> frozenset[Power]:
    """Tell what a shop can do beyond what every shop can."""
    return frozenset(power for power, protocol in _PROTOCOLS if isinstance(shop, protocol))
