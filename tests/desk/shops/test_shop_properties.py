"""What holds for every text and every catalogue, not only for those that we thought of."""

from collections import Counter
from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from desk.kernel.money import Fen
from desk.shops.attributes import filter_skus
from desk.shops.finding import Goods, Met, find
from desk.shops.matching import group, sameness
from desk.shops.port import (
    BuyerId,
    Item,
    ItemId,
    Order,
    OrderLine,
    OrderStatus,
    Refund,
    RefundStatus,
    SkuStock,
)
from desk.shops.stored import Codec
from desk.shops.words import letters, spell

_TEXTS = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="软底婴儿学步鞋奶粉纸尿裤推车宝子三段码的 123MXL【】吗有", max_size=20),
)
_FEN = st.builds(Fen, st.integers(-(10**9), 10**9))
_MOMENTS = st.datetimes(timezones=st.just(UTC))
_PAIRS = st.lists(st.tuples(_TEXTS, _TEXTS), max_size=3).map(tuple)
_ITEM_IDS = st.builds(ItemId, st.sampled_from(["yz", "tm"]), st.text("0123456789", min_size=1))
_ORDERS = st.builds(
    Order,
    shop=_TEXTS,
    number=_TEXTS,
    status=st.sampled_from(OrderStatus),
    buyer=st.none() | st.builds(BuyerId, _TEXTS, _TEXTS),
    phone_tail=st.none() | _TEXTS,
    created_at=_MOMENTS,
    paid_at=st.none() | _MOMENTS,
    shipped_at=st.none() | _MOMENTS,
    payment=_FEN,
    lines=st.lists(
        st.builds(OrderLine, _ITEM_IDS, _TEXTS, _TEXTS, _PAIRS, st.integers(), _FEN), max_size=3
    ).map(tuple),
    refunds=st.lists(
        st.builds(Refund, _TEXTS, st.sampled_from(RefundStatus), _FEN, _MOMENTS), max_size=2
    ).map(tuple),
)


def _catalogue(shop: str, titles: list[str]) -> tuple[Item, ...]:
    return tuple(
        Item(ItemId(shop, str(at)), title, Fen(1), Fen(1)) for at, title in enumerate(titles)
    )


_TITLES = st.lists(_TEXTS, max_size=8)


@given(_ORDERS)
def test_an_order_is_kept_whole(order: Order) -> None:
    codec = Codec(Order)

    assert codec.read(codec.write(order)) == order


@given(_TEXTS)
def test_a_text_brought_to_one_spelling_stays_so(text: str) -> None:
    assert letters(letters(text)) == letters(text)
    assert letters(spell(text)) == letters(text)


@given(_TITLES, _TITLES)
def test_every_item_is_in_one_product_and_no_product_has_two_of_a_shop(
    ours: list[str], theirs: list[str]
) -> None:
    products = group([_catalogue("yz", ours), _catalogue("tm", theirs)])

    numbers = Counter(id_ for product in products for id_ in product.ids)
    assert set(numbers.values()) <= {1}
    assert len(numbers) == len(ours) + len(theirs)
    assert all(len({id_.shop for id_ in product.ids}) == len(product.ids) for product in products)


@given(_TEXTS, _TEXTS)
def test_likeness_of_titles_does_not_depend_on_who_is_first(left: str, right: str) -> None:
    assert 0 <= sameness(left, right) == sameness(right, left) <= 1000


@given(_TEXTS, _TITLES, st.lists(_ITEM_IDS, max_size=3))
def test_whatever_is_asked_the_best_comes_first(
    query: str, titles: list[str], prefer: list[ItemId]
) -> None:
    found = find(Goods(group([_catalogue("yz", titles)])), query, Met(prefer))

    scores = [candidate.score for candidate in found.candidates]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) <= 10
    assert found.best is not None or not found.is_clear


@given(st.lists(_TEXTS, max_size=6), st.lists(_TEXTS, max_size=3))
def test_filtering_only_takes_away(values: list[str], words: list[str]) -> None:
    skus = [
        SkuStock(ItemId("yz", "1"), str(at), (("规格", value),), 1, Fen(1))
        for at, value in enumerate(values)
    ]

    left = filter_skus(skus, words)

    assert [sku for sku in skus if sku in left] == list(left)
    assert filter_skus(left, []) == left
