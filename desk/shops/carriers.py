"""The carriers by one name each, whatever shops and trackers call them."""

from collections.abc import Mapping
from enum import StrEnum


class Carrier(StrEnum):
    """A company that carries parcels, by a code of our own."""

    SHUNFENG = "shunfeng"
    SHUNFENG_FREIGHT = "shunfeng_freight"
    ZHONGTONG = "zhongtong"
    ZHONGTONG_FREIGHT = "zhongtong_freight"
    YUANTONG = "yuantong"
    SHENTONG = "shentong"
    YUNDA = "yunda"
    YUNDA_FREIGHT = "yunda_freight"
    JITU = "jitu"
    JD = "jd"
    JD_FREIGHT = "jd_freight"
    POST = "post"
    EMS = "ems"
    DEBANG = "debang"
    BAISHI = "baishi"
    TIANTIAN = "tiantian"
    YOUSU = "yousu"
    ZHAIJISONG = "zhaijisong"
    KUAYUE = "kuayue"
    ANNENG = "anneng"
    DANNIAO = "danniao"
    FENGWANG = "fengwang"

    @property
    def chinese(self) -> str:
        """What people call it: 中通快递."""
        return _NAMES[self][0]


_NAMES: Mapping[Carrier, tuple[str, ...]] = {
    Carrier.SHUNFENG: ("顺丰速运", "顺丰快递", "顺丰", "SF"),
    Carrier.SHUNFENG_FREIGHT: ("顺丰快运", "顺丰重货"),
    Carrier.ZHONGTONG: ("中通快递", "中通速递", "中通", "ZTO"),
    Carrier.ZHONGTONG_FREIGHT: ("中通快运",),
    Carrier.YUANTONG: ("圆通速递", "圆通快递", "圆通", "YTO"),
    Carrier.SHENTONG: ("申通快递", "申通", "STO"),
    Carrier.YUNDA: ("韵达快递", "韵达速递", "韵达"),
    Carrier.YUNDA_FREIGHT: ("韵达快运",),
    Carrier.JITU: ("极兔速递", "极兔快递", "极兔", "J&T"),
    Carrier.JD: ("京东快递", "京东物流", "京东配送", "京东"),
    Carrier.JD_FREIGHT: ("京东快运",),
    Carrier.POST: ("邮政快递包裹", "中国邮政", "邮政快递", "邮政包裹", "邮政国内", "邮政"),
    Carrier.EMS: ("EMS", "邮政EMS", "邮政特快专递", "EMS经济快递"),
    Carrier.DEBANG: ("德邦快递", "德邦物流", "德邦"),
    Carrier.BAISHI: ("百世快递", "百世汇通", "汇通快递", "百世"),
    Carrier.TIANTIAN: ("天天快递", "天天"),
    Carrier.YOUSU: ("优速快递", "优速物流", "优速"),
    Carrier.ZHAIJISONG: ("宅急送", "宅急送快递"),
    Carrier.KUAYUE: ("跨越速运", "跨越物流", "跨越"),
    Carrier.ANNENG: ("安能物流", "安能快递", "安能"),
    Carrier.DANNIAO: ("菜鸟速递", "丹鸟", "丹鸟快递", "丹鸟物流"),
    Carrier.FENGWANG: ("丰网速运", "丰网快递", "丰网"),
}
_BY_NAME = {name: carrier for carrier, names in _NAMES.items() for name in names}
_ENDINGS = ("股份有限公司", "有限责任公司", "有限公司", "集团")


def carrier_named(name: str) -> Carrier | None:
    """Find the carrier that a shop means by a name or by our own code, None for a stranger."""
    plain = "".join(name.split())
    for ending in _ENDINGS:
        plain = plain.removesuffix(ending)
    found = _BY_NAME.get(plain) or _BY_NAME.get(plain.upper())
    return found or next((carrier for carrier in Carrier if carrier.value == plain.lower()), None)
