"""Shop coupons: money in fen. Sending says `is_success: true` even when every buyer failed.

`buyer_ids` are open uids, as the field notes say; the results name the buyer in `buyer_nick`. That
coupondetail.get takes an open uid in `buyer_nick` too is a guess: it is older than open uids.
"""

from sandbox.shops.taobao.api import Api
from sandbox.shops.taobao.errors import invalid, not_there
from sandbox.shops.taobao.form import Form
from sandbox.shops.taobao.shapes import Rows
from sandbox.shops.taobao.shop import TaobaoShop
from sandbox.shops.vouchers import Activity, LimitReached, SoldOut
from sandbox.shops.wire import Json, beijing

STATES = ("unused", "using", "used")


def coupons(shop: TaobaoShop, form: Form) -> Json:
    """taobao.promotion.coupons.get: the shop's coupons, by coupon_id or all."""
    wanted, now = form.text("coupon_id"), shop.clock.now()
    rows: list[Json] = [
        {
            "coupon_id": int(activity.seed.id),
            "denominations": activity.seed.value,
            "condition": activity.seed.threshold,
            "creat_channel": "网站",
            "create_time": beijing(now),
            "end_time": beijing(now.replace(year=now.year + 1, day=1)),
        }
        for activity in shop.vouchers.activities()
        if wanted in ("", activity.seed.id)
    ]
    size = form.number("page_size", 20, 1, 50)
    start = (form.number("page_no", 1, 1, 1000) - 1) * size
    return {"total_results": len(rows), "coupons": Rows("coupon", rows[start : start + size])}


def send(shop: TaobaoShop, form: Form) -> Json:
    """taobao.promotion.coupon.send {coupon_id, buyer_ids <= 100}."""
    activity = shop.vouchers.activity(form.required("coupon_id"))
    if activity is None:
        raise not_there("coupon", "优惠券不存在")
    sent: list[Json] = []
    failed: list[Json] = []
    for uid in form.listed("buyer_ids", 100):
        number, reason = _give(shop, activity, uid)
        if number:
            sent.append({"buyer_nick": uid, "coupon_number": number})
        else:
            failed.append({"buyer_nick": uid, "reason": reason})
    return {
        "is_success": True,
        "coupon_results": Rows("coupon_result", sent),
        "failure_buyers": Rows("error_message", failed),
    }


def details(shop: TaobaoShop, form: Form) -> Json:
    """taobao.promotion.coupondetail.get {coupon_id, buyer_nick, state}: who holds it."""
    if shop.vouchers.activity(form.required("coupon_id")) is None:
        raise not_there("coupon", "优惠券不存在")
    uid, state = form.text("buyer_nick"), form.text("state")
    if state not in ("", *STATES):
        raise invalid("state", "state只能是unused、using、used")
    rows: list[Json] = [
        {"coupon_number": voucher.number, "buyer_nick": buyer.open_uid, "state": is_now}
        for buyer in shop.buyers
        if uid in ("", buyer.open_uid)
        for voucher in shop.vouchers.held_by(buyer.key)
        if voucher.activity.seed.id == form.text("coupon_id")
        and state in ("", is_now := "used" if shop.vouchers.is_used(voucher) else "unused")
    ]
    size = form.number("page_size", 20, 1, 100)
    start = (form.number("page_no", 1, 1, 1000) - 1) * size
    return {
        "total_results": len(rows),
        "is_have_next_page": start + size < len(rows),
        "coupon_details": Rows("coupon_detail", rows[start : start + size]),
    }


def _give(shop: TaobaoShop, activity: Activity, uid: str) -> tuple[int, str]:
    buyer = shop.buyer_by_uid(uid)
    if buyer is None:
        return 0, "买家不存在"
    try:
        return shop.vouchers.take(activity, buyer.key, shop.clock.now()).number, ""
    except LimitReached:
        return 0, "超过每人限领数量"
    except SoldOut:
        return 0, "优惠券已领完"


APIS = (
    Api("taobao.promotion.coupons.get", coupons),
    Api("taobao.promotion.coupon.send", send),
    Api("taobao.promotion.coupondetail.get", details),
)
