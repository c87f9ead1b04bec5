"""Who is told of which piece: the order of asking, and never more people than pieces."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.kernel.ids import ConversationId, CustomerId, WishId, derived
from desk.kernel.money import Fen
from desk.shops.port import ItemId, SkuStock
from desk.wishes.firing import met_by
from desk.wishes.model import Queue, Wish
from tests.clocks import NOON

SHOES = ItemId("yz", "1")
COLOURS, SIZES = ("粉色", "白色"), ("22", "23")


def sku(color: str, size: str, available: int) -> SkuStock:
    properties = (("颜色", color), ("尺码", size))
    return SkuStock(SHOES, f"{color}{size}", properties, available, Fen(16900))


def wish(name: int, *wanted: str, person: int | None = None) -> Wish:
    """The wishes are asked in the order of their names."""
    customer = CustomerId(derived("customer", name))
    return Wish(
        id=WishId(derived("wish", name)),
        customer=customer,
        person=customer if person is None else CustomerId(derived("customer", person)),
        conversation=ConversationId(derived("conversation", name)),
        items=(SHOES,),
        title="学步鞋",
        wanted=wanted,
        asked_at=NOON + timedelta(minutes=name),
    )


def told(
    skus: Sequence[SkuStock], waiting: Sequence[Wish], before: Sequence[Wish] = ()
) -> list[Wish]:
    return [each.wish for each in met_by(skus, Queue(tuple(waiting), tuple(before)))]


A, B, C = wish(1, "粉色", "22码"), wish(2, "粉色", "22码"), wish(3, "粉色", "22码")
PINK_23, ANY = wish(4, "粉色", "23码"), wish(5)


@pytest.mark.parametrize(
    ("skus", "waiting", "before", "expected"),
    [
        ([sku("粉色", "22", 0)], [A], [], []),
        ([sku("粉色", "22", -2)], [A], [], []),
        ([sku("粉色", "22", 2)], [A, B, C], [], [A, B]),
        ([sku("粉色", "22", 2)], [B, C], [A], [B]),
        ([sku("粉色", "22", 2)], [C], [A, B], []),
        ([sku("白色", "22", 9), sku("粉色", "22", 0)], [A], [], []),
        ([sku("粉色", "22", 0), sku("粉色", "23", 1)], [A, PINK_23], [], [PINK_23]),
        ([sku("粉色", "22", 1), sku("白色", "23", 1)], [A, ANY, B], [], [A, ANY]),
        ([sku("粉色", "22", 1)], [ANY, A], [], [ANY]),
        ([], [A], [], []),
    ],
)
def test_pieces_go_to_those_who_asked_first(
    skus: list[SkuStock], waiting: list[Wish], before: list[Wish], expected: list[Wish]
) -> None:
    assert told(skus, waiting, before) == expected


def test_who_would_take_any_kind_leaves_the_scarce_one() -> None:
    skus = [sku("粉色", "22", 1), sku("白色", "22", 5)]
    assert told(skus, [wish(0), A]) == [wish(0), A]


def test_one_person_with_two_names_is_told_once_and_both_wishes_end() -> None:
    twin = wish(9, "粉色", "22码", person=1)
    (met,) = met_by([sku("粉色", "22", 5)], Queue((A, twin), ()))
    assert met.alike == (A.id, twin.id)


def test_what_is_told_counts_only_what_fits() -> None:
    skus = [sku("粉色", "22", 2), sku("粉色", "23", 7)]
    (met,) = met_by(skus, Queue((A,), ()))
    assert met.pieces == 2


KINDS = st.sampled_from([(), ("粉色",), ("22码",), ("白色", "23码"), ("粉色", "22码")])


@given(
    pieces=st.lists(st.integers(-1, 4), min_size=4, max_size=4),
    waiting=st.lists(KINDS, max_size=12),
    before=st.lists(KINDS, max_size=4),
)
def test_never_more_are_told_than_there_are_pieces_and_nobody_overtakes_their_like(
    pieces: list[int], waiting: list[tuple[str, ...]], before: list[tuple[str, ...]]
) -> None:
    pairs = [(color, size) for color in COLOURS for size in SIZES]
    skus = [sku(color, size, count) for (color, size), count in zip(pairs, pieces, strict=True)]
    wishes = [wish(at, *wanted) for at, wanted in enumerate(waiting)]
    earlier = [wish(100 + at, *wanted) for at, wanted in enumerate(before)]
    chosen = told(skus, wishes, earlier)
    there = sum(max(0, count) for count in pieces)
    assert len(chosen) <= max(0, there)
    for kind in set(waiting):
        alike = [each for each in wishes if each.wanted == kind]
        count = sum(each in chosen for each in alike)
        assert [each for each in chosen if each.wanted == kind] == alike[:count]
