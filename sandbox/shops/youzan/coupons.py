"""Coupons: activities, taking one, and a buyer's own.

`groups` (with `denominations` and `condition` in fen), `promocard` and `cards` follow the official
SDK models. `promocard.value` is a yuan string and `condition` a sentence: the model says a float
and a string. Taking is not idempotent: asking twice gives two coupons, or a refusal at the limit.
That voucher.operate.verify takes `code`, as the older consume.verify did, is a guess.
"""

from sandbox.merchant.buyers import YouzanBuyer
from sandbox.shops.vouchers import (
    Activity,
    Expired,
    LimitReached,
    SoldOut,
    UsedAlready,
    Voucher,
)
from sandbox.shops.wire import Json, beijing, yuan
from sandbox.shops.youzan.api import Api, Envelope
from sandbox.shops.youzan.errors import (
    BAD_PARAMETER,
    COUPON_EXPIRED,
    COUPON_GONE,
    COUPON_LIMIT,
    COUPON_SOLD_OUT,
    COUPON_USED,
    NOT_FOUND,
    BusinessError,
)
from sandbox.shops.youzan.params import Params
from sandbox.shops.youzan.shop import YouzanShop

PROMOCARD_GROUP = 7
STATUSES = ("VALID", "USED", "INVALID")


def _group(shop: YouzanShop, activity: Activity) -> Json:
    seed = activity.seed
    return {
        "id": int(seed.id),
        "kdt_id": shop.credentials.kdt_id,
        "group_type": PROMOCARD_GROUP,
        "title": seed.title,
        "preferential_type": 1,
        "denominations": seed.value,
        "value_random_to": 0,
        "condition": seed.threshold,
        "discount": 0,
        "is_limit": 1 if seed.per_person == 1 else 0,
        "date_type": 2,
        "fixed_term": seed.days,
        "fixed_begin_term": 0,
        "total_qty": seed.stock,
        "stock_qty": activity.left,
        "total_take": activity.taken,
        "total_used": 0,
        "range_type": "ALL",
        "is_invalid": 0,
        "description": seed.summary,
    }


def search(shop: YouzanShop, params: Params) -> object:
    """youzan.ump.coupon.search 3.0.0: the shop's activities; money in fen."""
    activities = shop.vouchers.activities()
    size = params.number("page_size", 20, 1, 100)
    start = (params.number("page_no", 1, 1, 1000) - 1) * size
    groups = [_group(shop, activity) for activity in activities[start : start + size]]
    return {"total": len(activities), "groups": groups}


def take(shop: YouzanShop, params: Params) -> object:
    """youzan.ump.coupon.take 3.0.0 {coupon_group_id, yz_open_id | open_user_id | mobile}."""
    buyer = _buyer(shop, params)
    activity = shop.vouchers.activity(params.required("coupon_group_id"))
    if activity is None:
        raise BusinessError(COUPON_GONE, "优惠券活动不存在或已失效")
    try:
        voucher = shop.vouchers.take(activity, buyer.key, shop.clock.now())
    except LimitReached as error:
        raise BusinessError(COUPON_LIMIT, "领取次数已达上限") from error
    except SoldOut as error:
        raise BusinessError(COUPON_SOLD_OUT, "优惠券已领完") from error
    return {"coupon_type": "PROMOCARD", "promocard": _promocard(shop, voucher)}


def _promocard(shop: YouzanShop, voucher: Voucher) -> Json:
    seed = voucher.activity.seed
    return {
        "promocard_id": voucher.number,
        "title": seed.title,
        "value": yuan(seed.value),
        "condition": f"满{yuan(seed.threshold)}元可用" if seed.threshold else "无门槛",
        "start_at": beijing(voucher.taken_at),
        "end_at": beijing(voucher.ends_at),
        "is_used": 0,
        "is_invalid": 0,
        "is_expired": 0,
        "background_color": "#55bd47",
        "detail_url": f"{shop.public}/coupons/{voucher.number}",
        "verify_code": voucher.code,
    }


def cards(shop: YouzanShop, params: Params) -> object:
    """youzan.ump.promocard.buyer.search 3.0.1: one buyer's coupons, of one status; money in fen."""
    buyer, status = _buyer(shop, params), params.text("status")
    if status not in ("", *STATUSES):
        raise BusinessError(BAD_PARAMETER, "参数错误：status 应为 VALID、USED、INVALID")
    held = shop.vouchers.held_by(buyer.key)
    return {
        "cards": [
            _card(shop, voucher) for voucher in held if status in ("", _status(shop, voucher))
        ]
    }


def _status(shop: YouzanShop, voucher: Voucher) -> str:
    if shop.vouchers.is_used(voucher):
        return "USED"
    return "VALID" if shop.clock.now() < voucher.ends_at else "INVALID"


def verify(shop: YouzanShop, params: Params) -> object:
    """youzan.ump.voucher.operate.verify 1.0.0 {code}: redeem a coupon, once."""
    voucher = shop.vouchers.coded(params.required("code"))
    if voucher is None:
        raise BusinessError(NOT_FOUND, "优惠券不存在")
    try:
        shop.vouchers.redeem(voucher, shop.clock.now())
    except UsedAlready as error:
        raise BusinessError(COUPON_USED, "优惠券已使用") from error
    except Expired as error:
        raise BusinessError(COUPON_EXPIRED, "优惠券已过期") from error
    return {"is_success": True}


def _card(shop: YouzanShop, voucher: Voucher) -> Json:
    return {
        "id": voucher.number,
        "kdt_id": shop.credentials.kdt_id,
        "coupon_group_id": int(voucher.activity.seed.id),
        "title": voucher.activity.seed.title,
        "preferential_type": 1,
        "value": voucher.activity.seed.value,
        "condition": voucher.activity.seed.threshold,
        "discount": 0,
        "is_used": int(shop.vouchers.is_used(voucher)),
        "take_at": beijing(voucher.taken_at),
        "valid_start_at": beijing(voucher.taken_at),
        "expire_at": beijing(voucher.ends_at),
        "used_in_order_no": "",
        "verify_code": voucher.code,
    }


def _buyer(shop: YouzanShop, params: Params) -> YouzanBuyer:
    yz_open_id = params.text("yz_open_id") or params.text("open_user_id")
    mobile = params.text("mobile")
    if not yz_open_id and not mobile:
        raise BusinessError(BAD_PARAMETER, "参数错误：yz_open_id、open_user_id、mobile 至少传一个")
    known = {"yz_open_id": yz_open_id} if yz_open_id else {"mobile": mobile}
    buyer = shop.buyer_by(**known)
    if buyer is None:
        raise BusinessError(NOT_FOUND, "用户不存在")
    return buyer


APIS = (
    Api("youzan.ump.coupon.search", "3.0.0", search, Envelope.OLD),
    Api("youzan.ump.coupon.take", "3.0.0", take, Envelope.OLD),
    Api("youzan.ump.promocard.buyer.search", "3.0.1", cards, Envelope.OLD),
    Api("youzan.ump.voucher.operate.verify", "1.0.0", verify),
)
