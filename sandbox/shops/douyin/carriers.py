"""Carriers by Douyin's codes."""

from sandbox.shops.douyin.api import Api
from sandbox.shops.douyin.params import Params
from sandbox.shops.douyin.shop import DouyinShop

CARRIERS = {
    "申通快递": (13, "shentong"),
    "圆通速递": (12, "yuantong"),
    "中通快递": (15, "zhongtong"),
    "韵达快递": (14, "yunda"),
    "顺丰速运": (7, "shunfeng"),
    "京东快递": (16, "jd"),
    "极兔速递": (1740, "jtexpress"),
}


def carrier_code(company: str) -> str:
    """The code of a carrier."""
    return CARRIERS.get(company, (0, "other"))[1]


def companies(_shop: DouyinShop, _params: Params) -> object:
    """order.logisticsCompanyList {}: id, name, code."""
    return [{"id": number, "name": name, "code": code} for name, (number, code) in CARRIERS.items()]


APIS = (Api("order.logisticsCompanyList", companies),)
