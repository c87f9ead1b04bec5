"""Distances between places hold what every distance holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.kernel.places import Place, km_between

XUJIAHUI = Place(31.1932, 121.4365)
WUJIAOCHANG = Place(31.3045, 121.5142)
BINJIANG = Place(30.2084, 120.2106)

places = st.builds(
    Place,
    st.floats(-90, 90, allow_nan=False),
    st.floats(-180, 180, allow_nan=False),
)
A_HAIR = 1e-6
"""km: a millimetre, what floating point may cost."""


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [(XUJIAHUI, WUJIAOCHANG, 14.4), (XUJIAHUI, BINJIANG, 160.2), (XUJIAHUI, XUJIAHUI, 0)],
)
def test_known_distances(one: Place, other: Place, km: float) -> None:
    assert km_between(one, other) == pytest.approx(km, abs=0.5)


@given(places)
def test_it_is_nothing_to_where_one_is(here: Place) -> None:
    assert km_between(here, here) == 0


@given(places, places)
def test_it_is_as_far_there_as_back_and_nowhere_is_farther_than_half_around(
    one: Place, other: Place
) -> None:
    km = km_between(one, other)
    assert km == pytest.approx(km_between(other, one), abs=A_HAIR)
    assert 0 <= km <= 20_016


@given(places, places, places)
def test_a_detour_is_never_shorter(one: Place, by: Place, other: Place) -> None:
    assert km_between(one, other) <= km_between(one, by) + km_between(by, other) + A_HAIR
