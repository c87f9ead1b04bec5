"""Members: grade and dealings by open uid, and their points."""

from sandbox.merchant.buyers import TmallBuyer
from sandbox.shops.taobao.api import Api
from sandbox.shops.taobao.errors import missing, not_there
from sandbox.shops.taobao.form import Form
from sandbox.shops.taobao.shapes import Rows
from sandbox.shops.taobao.shop import TaobaoShop
from sandbox.shops.wire import Json, beijing, mask_name, yuan

GRADES = {1: "普通会员", 2: "高级会员", 3: "VIP会员", 4: "至尊VIP会员"}


def _member(shop: TaobaoShop, buyer: TmallBuyer) -> Json:
    orders = [order for order in shop.ledger.all() if order.buyer == buyer.key]
    return {
        "ouid": buyer.open_uid,
        "buyer_nick": mask_name(buyer.nick),
        "status": "normal",
        "grade": buyer.grade,
        "grade_name": GRADES[buyer.grade],
        "trade_count": buyer.trades,
        "trade_amount": yuan(sum(order.payment for order in orders if order.paid)),
        "last_trade_time": beijing(max((order.created for order in orders), default=None)),
    }


def search(shop: TaobaoShop, form: Form) -> Json:
    """taobao.crm.members.search.privy {current_page, page_size, ouid, grade}."""
    form.required("current_page")
    page, size = form.number("current_page", 1, 1, 1000), form.number("page_size", 20, 1, 100)
    uid, grade = form.text("ouid"), form.text("grade")
    found = [
        _member(shop, buyer)
        for buyer in shop.buyers
        if uid in ("", buyer.open_uid) and grade in ("", str(buyer.grade))
    ]
    start = (page - 1) * size
    return {
        "total_result": len(found),
        "members": Rows("crm_member", found[start : start + size]),
    }


def points(shop: TaobaoShop, form: Form) -> Json:
    """taobao.crm.point.available.get {open_uid}: `result` is the number of points."""
    uid = form.text("open_uid")
    if not uid:
        raise missing("open_uid")
    buyer = shop.buyer_by_uid(uid)
    if buyer is None:
        raise not_there("member", "会员不存在")
    return {"result": buyer.points}


APIS = (
    Api("taobao.crm.members.search.privy", search),
    Api("taobao.crm.point.available.get", points),
)
