"""What `python -m bot check` says of where tickets go."""

from collections.abc import Iterator, Sequence

from bot.wecom.check import Finding, Level
from desk.kernel.roles import Role
from desk.routing.model import Routing
from desk.shops.stores import Store
from desk.staff.directory import StaffDirectory


def check_routing(
    routing: Routing, stores: Sequence[Store], staff: StaffDirectory
) -> Iterator[Finding]:
    """How much of it there is, and what it asks of people whom the staff file does not have."""
    counts = (
        f"{len(routing.routes)} 条路由、{len(routing.product_types)} 种商品类型、"
        f"{len(routing.warehouses)} 个仓库、{len(routing.lanes)} 条通道、{len(stores)} 家门店"
    )
    yield Finding(Level.OK, "routing.ok", f"工单去向：{counts}")
    if not staff.is_whole:
        return
    everybody = staff.with_role(Role.AGENT)
    skills = {skill for each in everybody for skill in each.skills}
    wanted = [(f"路由“{each.name}”", each.skill) for each in routing.routes]
    wanted += [(f"商品类型“{each.name}”", each.skill) for each in routing.product_types]
    for who, skill in wanted:
        if skill and skill not in skills:
            why = f"{who}要的技能 {skill} 没有员工会，派单时不看它：请写进 STAFF_FILE 的 skills"
            yield Finding(Level.WARN, "routing.skill", why)
    theirs = {store for each in everybody for store in each.stores}
    for store in stores:
        if store.id not in theirs:
            why = f"{store.name}没有员工：它的工单会请别家支援，请写进 STAFF_FILE 的 stores"
            yield Finding(Level.WARN, "routing.store", why)
