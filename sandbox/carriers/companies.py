"""The carriers by the names on the shops' parcels, and by both trackers' codes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Company:
    """One carrier; `starts` are beginnings of its numbers."""

    name: str
    kuaidi100: str
    kdniao: str
    starts: tuple[str, ...] = ()


ALL = (
    Company("顺丰速运", "shunfeng", "SF", ("SF",)),
    Company("中通快递", "zhongtong", "ZTO", ("786", "751")),
    Company("圆通速递", "yuantong", "YTO", ("YT",)),
    Company("申通快递", "shentong", "STO", ("773",)),
    Company("韵达快递", "yunda", "YD", ("462",)),
    Company("极兔速递", "jtexpress", "JTSD", ("JT",)),
    Company("京东快递", "jd", "JD", ("JD",)),
    Company("邮政快递包裹", "youzhengguonei", "YZPY", ("98",)),
    Company("EMS", "ems", "EMS", ("10", "EM")),
    Company("德邦快递", "debangkuaidi", "DBL", ("DPK",)),
)
ASKS_FOR_PHONE = frozenset({"顺丰速运", "中通快递"})


def by_name(name: str) -> Company | None:
    """The carrier with that name on the parcel."""
    return next((company for company in ALL if company.name == name), None)


def by_number(number: str) -> Company | None:
    """The carrier whose numbers begin like this one."""
    return next((each for each in ALL if number.startswith(each.starts)), None)
