"""Every state that a tracker documents has a word of ours, and a new one is unknown, not wrong."""

import pytest

from desk.shops.carriers import Carrier
from desk.shops.port import ParcelStatus as P
from integrations.carriers.kdniao import codes as kdniao
from integrations.carriers.kuaidi100 import codes as kuaidi100

_KUAIDI100 = {
    P.IN_TRANSIT: "0 7 8 10 11 12 13 1001 1002 1003",
    P.PICKED_UP: "1 103",
    P.EXCEPTION: "2 201 202 203 204 205 206 207 208 209 210 401",
    P.DELIVERED: "3 301 302 303 304",
    P.RETURNING: "4 6 14",
    P.OUT_FOR_DELIVERY: "5 501",
    P.UNKNOWN: "101 102 9 99 1009 abc -1",
}
_KDNIAO = {
    P.UNKNOWN: [("0", ""), ("", ""), ("9", ""), ("x", "999")],
    P.PICKED_UP: [("1", ""), ("1", "1")],
    P.IN_TRANSIT: [("2", ""), ("2", "2"), ("2", "201"), ("5", ""), ("6", ""), ("2", "299")],
    P.OUT_FOR_DELIVERY: [("2", "202"), ("2", "211")],
    P.DELIVERED: [("3", ""), ("3", "3"), ("3", "301"), ("3", "302"), ("3", "304"), ("3", "311")],
    P.EXCEPTION: [("4", ""), *(("4", code) for code in ("4", "401", "402", "403", "405", "412"))],
    P.RETURNING: [("4", "404"), ("4", "406"), ("4", "407")],
}


@pytest.mark.parametrize(
    ("state", "status"),
    [(state, status) for status, states in _KUAIDI100.items() for state in states.split()],
)
def test_a_state_of_kuaidi100(state: str, status: P) -> None:
    assert kuaidi100.parcel_status(state) is status


@pytest.mark.parametrize(
    ("state", "detail", "status"),
    [(*pair, status) for status, pairs in _KDNIAO.items() for pair in pairs],
)
def test_a_state_of_kdniao(state: str, detail: str, status: P) -> None:
    assert kdniao.parcel_status(state, detail) is status


def test_every_carrier_has_a_code_at_kuaidi100_and_no_code_is_used_twice() -> None:
    assert set(kuaidi100.COMPANY) == set(Carrier)
    assert len(set(kuaidi100.COMPANY.values())) == len(kuaidi100.COMPANY)
    assert all(code == code.lower() for code in kuaidi100.COMPANY.values())


def test_no_code_of_kdniao_is_used_twice() -> None:
    assert len(kdniao.CARRIER) == len(kdniao.COMPANY)
    assert all(code == code.upper() for code in kdniao.COMPANY.values())


@pytest.mark.parametrize(
    ("carrier", "ours", "theirs"),
    [
        (Carrier.SHUNFENG, "shunfeng", "SF"),
        (Carrier.ZHONGTONG, "zhongtong", "ZTO"),
        (Carrier.YUANTONG, "yuantong", "YTO"),
        (Carrier.SHENTONG, "shentong", "STO"),
        (Carrier.YUNDA, "yunda", "YD"),
        (Carrier.JD, "jd", "JD"),
        (Carrier.JITU, "jtexpress", "JTSD"),
        (Carrier.POST, "youzhengguonei", "YZPY"),
        (Carrier.EMS, "ems", "EMS"),
        (Carrier.DEBANG, "debangkuaidi", "DBL"),
    ],
)
def test_the_codes_of_the_large_carriers(carrier: Carrier, ours: str, theirs: str) -> None:
    assert kuaidi100.COMPANY[carrier] == ours
    assert kdniao.COMPANY[carrier] == theirs
