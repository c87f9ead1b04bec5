"""The carriers as Pinduoduo numbers, codes and names them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Carrier:
    """One carrier; orders name its `number`, traces want its `code`."""

    number: int
    code: str
    name: str


OTHER = Carrier(129, "OTHER", "其他")
ALL = (
    Carrier(1, "STO", "申通快递"),
    Carrier(44, "SF", "顺丰快递"),
    Carrier(85, "YTO", "圆通速递"),
    Carrier(115, "ZTO", "中通快递"),
    Carrier(118, "EMS", "EMS"),
    Carrier(120, "JD", "京东快递"),
    Carrier(121, "YUNDA", "韵达快递"),
    Carrier(384, "JTSD", "极兔速递"),
    OTHER,
)


def carrier_of(company: str) -> Carrier:
    """The carrier that the seeds call so, by the first two characters: 顺丰速运 is 顺丰快递."""
    return next((each for each in ALL if each.name[:2] == company[:2]), OTHER)
