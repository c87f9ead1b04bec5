"""JD's numbers of carriers, and the parcels of an order out of its two joined fields."""

from desk.shops.port import Parcel, ParcelStatus

_CARRIERS = {
    "463": "圆通速递",
    "465": "EMS",
    "467": "顺丰速运",
    "470": "申通快递",
    "1327": "韵达快递",
    "1409": "宅急送",
    "1499": "中通快递",
    "1747": "优速快递",
    "2087": "京东快递",
    "2130": "德邦快递",
    "2170": "邮政快递包裹",
    "3046": "德邦快递",
    "3668": "EMS",
    "4832": "安能物流",
    "596494": "安能物流",
    "599866": "跨越速运",
    "680414": "中通快运",
    "731302": "韵达快运",
    "773574": "京东快运",
    "1819479": "丰网速运",
}


def parcels(logistics_id: str, waybill: str) -> tuple[Parcel, ...]:
    """Read `logisticsId` and `waybill`: "|" between carriers, "," between parcels of one carrier.

    The name is "" for a carrier whose number is not known. JD does not tell where a parcel is.
    """
    numbers = logistics_id.split("|")
    found: dict[str, Parcel] = {}
    for place, joined in enumerate(waybill.split("|")):
        number = numbers[place] if place < len(numbers) else ""
        carrier = _CARRIERS.get(number.strip(), "")
        for tracking_no in filter(None, map(str.strip, joined.split(","))):
            found[tracking_no] = Parcel(carrier, tracking_no, ParcelStatus.UNKNOWN, ())
    return tuple(found.values())
