"""The desk's counter: Desk is what may be asked, Work is what commit may do."""

from dataclasses import dataclass

from desk.coupons.model import CouponPolicy
from desk.coupons.ports import GrantReader
from desk.customers.ports import CustomerReader
from desk.insights.ports import InsightReader
from desk.kernel.clock import Clock
from desk.shops.floor import ShopFloor
from desk.shops.stores import Store
from desk.staff.directory import StaffDirectory
from desk.tickets.ports import TicketReader


@dataclass(frozen=True, slots=True)
class Desk:
    """What may be asked. Nothing here can write."""

    clock: Clock
    shops: ShopFloor
    stores: tuple[Store, ...]
    policies: tuple[CouponPolicy, ...]
    staff: StaffDirectory
    customers: CustomerReader
    tickets: TicketReader
    grants: GrantReader
    insights: InsightReader
