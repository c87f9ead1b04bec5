"""What is usual on a route is learnt from parcels that arrived, and guessed by distance before."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.shops.carriers import Carrier
from desk.shops.pace import Season
from desk.shops.port import Parcel, ParcelStatus, Scan
from desk.shops.provinces import Distance, distance, province_of
from desk.shops.routes import ENOUGH, Route, RouteBook, Travelled, Usual, learn

HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
HOME = Route(Carrier.YUANTONG, "浙江", "上海")


def travelled(
    *gaps: float,
    route: Route = HOME,
    status: ParcelStatus = ParcelStatus.DELIVERED,
    start: datetime = MONDAY,
) -> Travelled:
    """A parcel scanned when it was sent and after each gap, in hours."""
    moments = [start]
    for gap in gaps:
        moments.append(moments[-1] + gap * HOUR)
    scans = tuple(Scan(at, "扫描") for at in reversed(moments))
    return Travelled(route, Parcel("圆通速递", "YT1", status, scans), start)


def test_nine_of_ten_parcels_are_usual() -> None:
    seen = [travelled(4, 14 + at, 4) for at in range(ENOUGH)]
    assert learn(seen).usual(HOME) == Usual(31 * HOUR, 39 * HOUR, ENOUGH)


def test_few_parcels_teach_nothing_yet() -> None:
    seen = [travelled(4, 40, 4) for _ in range(ENOUGH - 1)]
    assert learn(seen).usual(HOME) == Usual(30 * HOUR, 72 * HOUR)


def test_another_carriers_parcels_teach_where_this_one_was_seen_too_seldom() -> None:
    seen = [travelled(4, 40, 4) for _ in range(ENOUGH)]
    other = Route(Carrier.ZHONGTONG, "浙江", "上海")
    assert learn(seen).usual(other).silence == 40 * HOUR
    elsewhere = Route(Carrier.YUANTONG, "浙江", "北京")
    assert learn(seen).usual(elsewhere).samples == 0


def test_only_parcels_that_arrived_teach() -> None:
    lost = [travelled(4, 90, status=ParcelStatus.EXCEPTION) for _ in range(50)]
    unseen = [travelled() for _ in range(50)]
    assert learn([*lost, *unseen]) == RouteBook()


def test_a_season_teaches_nothing() -> None:
    season = Season(date(2026, 11, 11), date(2026, 11, 20), 1.5)
    assert learn([travelled(4, 90) for _ in range(50)], (season,)) == RouteBook()
    later = [travelled(4, 20, start=MONDAY + timedelta(days=7)) for _ in range(50)]
    assert learn(later, (season,)).usual(HOME).samples == 50


@pytest.mark.parametrize(
    ("gap", "silence", "transit"),
    [(0.5, 12, 24), (60, 60, 60), (1000, 120, 480)],
)
def test_what_was_learnt_stays_within_reason(gap: float, silence: int, transit: int) -> None:
    usual = learn([travelled(gap) for _ in range(ENOUGH)]).usual(HOME)
    assert usual.silence == silence * HOUR
    assert usual.transit == transit * HOUR


@pytest.mark.parametrize(
    ("origin", "destination", "how_far"),
    [
        ("浙江", "浙江", Distance.SAME),
        ("浙江", "上海", Distance.NEAR),
        ("浙江", "北京", Distance.FAR),
        ("浙江", "新疆", Distance.REMOTE),
        ("新疆", "新疆", Distance.SAME),
        ("新疆", "西藏", Distance.REMOTE),
        (None, "浙江", Distance.FAR),
        ("浙江", None, Distance.FAR),
        (None, None, Distance.FAR),
    ],
)
def test_distance_is_a_matter_of_provinces(
    origin: str | None, destination: str | None, how_far: Distance
) -> None:
    assert distance(origin, destination) is how_far


def test_what_is_farther_may_be_silent_for_longer() -> None:
    usual = [
        RouteBook().usual(Route(Carrier.EMS, "浙江", to)) for to in ("浙江", "上海", "北京", "西藏")
    ]
    assert usual == sorted(usual, key=lambda each: (each.silence, each.transit))
    assert len({each.silence for each in usual}) == 4


@pytest.mark.parametrize(
    ("place", "province"),
    [
        ("浙江省杭州市滨江区", "浙江"),
        ("上海市", "上海"),
        ("上海", "上海"),
        ("内蒙古自治区呼和浩特市", "内蒙古"),
        ("广西壮族自治区", "广西"),
        ("中国 黑龙江省 哈尔滨市", "黑龙江"),
        ("杭州市", None),
        ("", None),
    ],
)
def test_a_place_begins_with_its_province(place: str, province: str | None) -> None:
    assert province_of(place) == province


_GAPS = st.lists(st.floats(0.1, 200), min_size=1, max_size=5)


@given(journeys=st.lists(_GAPS, min_size=ENOUGH, max_size=40))
def test_the_order_of_parcels_teaches_the_same(journeys: list[list[float]]) -> None:
    seen = [travelled(*gaps) for gaps in journeys]
    assert learn(seen) == learn(reversed(seen))


@given(journeys=st.lists(_GAPS, min_size=ENOUGH, max_size=40))
def test_a_transit_is_never_shorter_than_its_longest_silence(journeys: list[list[float]]) -> None:
    usual = learn([travelled(*gaps) for gaps in journeys]).usual(HOME)
    assert usual.silence <= usual.transit
    assert usual.samples == len(journeys)
