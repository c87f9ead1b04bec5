"""Carriers by Youzan's numeric ids; those above 900 are the sandbox's own."""

from sandbox.shops.wire import Json
from sandbox.shops.youzan.api import Api, Envelope
from sandbox.shops.youzan.params import Params
from sandbox.shops.youzan.shop import YouzanShop

CARRIERS = {
    "申通快递": (1, "shentong"),
    "圆通速递": (2, "yuantong"),
    "中通快递": (3, "zhongtong"),
    "韵达快递": (4, "yunda"),
    "顺丰速运": (7, "shunfeng"),
    "京东快递": (901, "jd"),
    "极兔速递": (902, "jtexpress"),
}


def carrier_id(company: str) -> int:
    """The id of a carrier; 0 for one that Youzan does not know."""
    return CARRIERS.get(company, (0, ""))[0]


def carrier_code(company: str) -> str:
    """The lower-case code that the tracking answer calls `com`."""
    return CARRIERS.get(company, (0, "other"))[1]


def companies(_shop: YouzanShop, _params: Params) -> Json:
    """youzan.logistics.express.get 3.0.0: the list of carriers."""
    return {
        "allExpress": [
            {"id": number, "name": name, "display": 1} for name, (number, _) in CARRIERS.items()
        ]
    }


APIS = (Api("youzan.logistics.express.get", "3.0.0", companies, Envelope.OLD),)
