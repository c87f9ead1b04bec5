"""Pushes are believed when they are signed, and read down to the parcel."""

from datetime import UTC, datetime

import pytest

from desk.shops.carriers import Carrier
from desk.shops.events import ForgedPush
from desk.shops.port import ParcelStatus
from desk.shops.tracking import Watch
from integrations.carriers.catalog import receive
from integrations.wild import Unreadable
from tests.integrations.carriers.pushing import (
    KDNIAO,
    KUAIDI100,
    MOVING,
    NOW,
    SIGNED_FOR,
    kdniao_body,
    kuaidi100_body,
    request,
)


def test_a_push_of_kuaidi100_is_a_parcel_on_its_way() -> None:
    received = receive(KUAIDI100, request(kuaidi100_body(MOVING)), NOW)

    (push,) = received.pushes
    assert received.answer == '{"result":true,"returnCode":"200","message":"成功"}'
    assert (push.tracker, push.number, push.company) == (
        "kd100",
        "YT7489920153386",
        Carrier.YUANTONG,
    )
    assert push.parcel is not None
    assert push.parcel.status is ParcelStatus.IN_TRANSIT
    assert [scan.text for scan in push.parcel.scans] == ["上海", "嘉兴"]
    assert push.parcel.scans[0].at == datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    assert (push.watch, push.ended) == (Watch.GOES_ON, False)


@pytest.mark.parametrize(
    ("status", "watch"),
    [
        ("polling", Watch.GOES_ON),
        ("updateall", Watch.GOES_ON),
        ("shutdown", Watch.DONE),
        ("abort", Watch.GIVEN_UP),
    ],
)
def test_every_state_of_a_subscription_is_known(status: str, watch: Watch) -> None:
    body = kuaidi100_body(MOVING | {"status": status})
    (push,) = receive(KUAIDI100, request(body), NOW).pushes
    assert push.watch is watch


def test_a_push_that_gave_up_names_its_number_in_the_address_only() -> None:
    said = {"status": "abort", "message": "3天查询无记录"}
    body = kuaidi100_body(said, "YT1")

    (push,) = receive(KUAIDI100, request(body, number="YT1"), NOW).pushes

    assert (push.number, push.parcel, push.watch) == ("YT1", None, Watch.GIVEN_UP)
    with pytest.raises(ForgedPush):
        receive(KUAIDI100, request(body), NOW)


def test_the_same_push_again_has_the_same_id_and_another_has_not() -> None:
    ids = [
        receive(KUAIDI100, request(kuaidi100_body(said)), NOW).pushes[0].id
        for said in (MOVING, MOVING, MOVING | {"status": "shutdown"})
    ]
    assert ids[0] == ids[1] != ids[2]


def test_a_carrier_that_was_corrected_is_the_new_one() -> None:
    said = MOVING | {"autoCheck": "1", "comOld": "yuantong", "comNew": "zhongtong"}
    (push,) = receive(KUAIDI100, request(kuaidi100_body(said)), NOW).pushes
    assert push.company is Carrier.ZHONGTONG


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ({"state": None, "ischeck": "1"}, ParcelStatus.DELIVERED),
        ({"state": "", "ischeck": "0"}, ParcelStatus.OUT_FOR_DELIVERY),
        ({"state": 5}, ParcelStatus.OUT_FOR_DELIVERY),
    ],
)
def test_where_no_state_is_told_the_newest_scan_tells(
    raw: dict[str, object], status: ParcelStatus
) -> None:
    scans = [{"time": "2026-11-22 09:00:00", "context": "派件中", "statusCode": "5"}]
    last = {"nu": "YT7489920153386", "com": "yuantong", "data": scans, **raw}
    body = kuaidi100_body(MOVING | {"lastResult": last})
    (push,) = receive(KUAIDI100, request(body), NOW).pushes
    assert push.parcel is not None
    assert push.parcel.status is status


def test_a_secret_of_its_own_outlives_the_key() -> None:
    entry = type(KUAIDI100)(
        "kd100", "kuaidi100", "", "", "", {"customer": "C1", "key": "new", "push_secret": "p1"}
    )
    body = kuaidi100_body(MOVING, secret="p1")
    assert receive(entry, request(body), NOW).pushes
    with pytest.raises(ForgedPush):
        receive(entry, request(kuaidi100_body(MOVING, secret="new")), NOW)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"param=%7B%7D",
        b"sign=X&param=%7B%7D",
        b"sign=X&param=%7B%22lastResult%22%3A%7B%22nu%22%3A%22%5Cud800%22%7D%7D",
        kuaidi100_body(MOVING, "YT1"),
        kuaidi100_body(MOVING, secret="k3"),
        kuaidi100_body(MOVING).replace(b"1002", b"301"),
    ],
)
def test_what_is_not_signed_for_its_number_is_forged(body: bytes) -> None:
    with pytest.raises(ForgedPush):
        receive(KUAIDI100, request(body), NOW)


@pytest.mark.parametrize(
    "said",
    [
        MOVING | {"status": "dancing"},
        MOVING | {"status": None},
        MOVING | {"lastResult": {"nu": "YT7489920153386", "data": [{"time": "now"}]}},
        MOVING | {"lastResult": {"nu": "YT7489920153386", "data": "many"}},
        MOVING | {"lastResult": {"nu": "YT9", "data": []}},
        "[]",
        "no JSON",
    ],
)
def test_what_is_signed_but_says_nothing_is_unreadable(said: object) -> None:
    body = kuaidi100_body(said)
    with pytest.raises(Unreadable):
        receive(KUAIDI100, request(body, number="YT7489920153386"), NOW)


def test_a_push_of_kdniao_holds_many_parcels() -> None:
    received = receive(KDNIAO, request(kdniao_body(SIGNED_FOR)), NOW)

    first, second = received.pushes
    assert received.answer == (
        '{"EBusinessID":"1850271","UpdateTime":"2026-11-22 10:30:00","Success":true,"Reason":""}'
    )
    assert (first.number, first.company, first.watch) == (
        "YT7489920153386",
        Carrier.YUANTONG,
        Watch.DONE,
    )
    assert first.parcel is not None
    assert first.parcel.status is ParcelStatus.DELIVERED
    assert [scan.text for scan in first.parcel.scans] == ["已签收", "嘉兴"]
    assert (second.number, second.parcel, second.watch) == (
        "462880173355190",
        None,
        Watch.GIVEN_UP,
    )
    assert first.id != second.id


def test_what_kdniao_tells_again_has_the_same_id_whatever_comes_with_it() -> None:
    first = receive(KDNIAO, request(kdniao_body(SIGNED_FOR)), NOW).pushes[0]
    rows = SIGNED_FOR["Data"]
    assert isinstance(rows, list)
    again = SIGNED_FOR | {"PushTime": "2026-11-22 11:00:00", "Count": "1", "Data": rows[:1]}
    (second,) = receive(KDNIAO, request(kdniao_body(again)), NOW).pushes
    assert second.id == first.id
    changed = again | {"Data": [rows[0] | {"StateEx": "202", "State": "2"}]}
    (third,) = receive(KDNIAO, request(kdniao_body(changed)), NOW).pushes
    assert third.id != first.id


def test_a_moment_of_kdniao_may_be_written_as_its_manual_writes_it() -> None:
    traces = [{"AcceptTime": "2026/11/22 09:00:00", "AcceptStation": "上海"}]
    row = {"LogisticCode": "1", "ShipperCode": "YTO", "Success": True, "Traces": traces}
    (push,) = receive(KDNIAO, request(kdniao_body(SIGNED_FOR | {"Data": [row]})), NOW).pushes
    assert push.parcel is not None
    assert push.parcel.scans[0].at == datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        kdniao_body(SIGNED_FOR, key="k3"),
        kdniao_body(SIGNED_FOR | {"EBusinessID": "1"}),
        kdniao_body(SIGNED_FOR).replace(b"301", b"401"),
    ],
)
def test_what_is_not_signed_for_the_account_is_forged(body: bytes) -> None:
    with pytest.raises(ForgedPush):
        receive(KDNIAO, request(body), NOW)


@pytest.mark.parametrize(
    "body",
    [
        kdniao_body(SIGNED_FOR, kind="103"),
        kdniao_body("no JSON"),
        kdniao_body({"Data": []}),
        kdniao_body(SIGNED_FOR | {"Data": [{"LogisticCode": ""}]}),
        kdniao_body(SIGNED_FOR | {"Data": [{"LogisticCode": "1", "Traces": [{}]}]}),
    ],
)
def test_what_the_account_signed_but_says_nothing_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        receive(KDNIAO, request(body), NOW)
