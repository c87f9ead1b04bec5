"""How far it is from one province to another, in the only measure that carriers know: days."""

from collections.abc import Mapping
from enum import StrEnum


class Distance(StrEnum):
    """How far a parcel has to go."""

    SAME = "same"
    NEAR = "near"
    FAR = "far"
    REMOTE = "remote"


_REGIONS: Mapping[str, tuple[str, ...]] = {
    "华东": ("上海", "江苏", "浙江", "安徽", "福建", "江西", "山东"),
    "华北": ("北京", "天津", "河北", "山西"),
    "华中": ("河南", "湖北", "湖南"),
    "华南": ("广东", "广西"),
    "西南": ("重庆", "四川", "贵州", "云南"),
    "东北": ("辽宁", "吉林", "黑龙江"),
    "西北": ("陕西", "甘肃", "宁夏"),
    "边远": ("新疆", "西藏", "青海", "内蒙古", "海南", "香港", "澳门", "台湾"),
}
_REMOTE = "边远"
_REGION_OF = {province: name for name, inside in _REGIONS.items() for province in inside}


def province_of(place: str) -> str | None:
    """Find the province that an address or a city with its province begins with (浙江省杭州市)."""
    plain = "".join(place.split()).removeprefix("中国")
    return next((province for province in _REGION_OF if plain.startswith(province)), None)


def distance(origin: str | None, destination: str | None) -> Distance:
    """Tell how far it is between two provinces; far where one of them is not known."""
    if origin is None or destination is None:
        return Distance.FAR
    regions = (_REGION_OF.get(origin), _REGION_OF.get(destination))
    if origin == destination:
        return Distance.SAME
    if _REMOTE in regions:
        return Distance.REMOTE
    return Distance.NEAR if regions[0] == regions[1] else Distance.FAR
