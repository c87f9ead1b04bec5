"""Numbers of bank cards are told from those of orders, and hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.kernel.private import hidden, is_card_number, without_cards

# Numbers made up for tests by issuers and payment companies; nobody has these cards.
CARDS = ("6222021234567890128", "4111111111111111", "5555555555554444", "6212345678900000003")


def _passes(digits: str) -> bool:
    """The check of ISO/IEC 7812, digit by digit from the right."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        weighed = int(digit) * (1 + place % 2)
        total += weighed // 10 + weighed % 10
    return total % 10 == 0


@given(st.text("0123456789", min_size=14, max_size=17).map(lambda rest: f"62{rest}"))
def test_a_number_of_unionpay_is_a_card_by_its_check_digit(number: str) -> None:
    assert is_card_number(number) == _passes(number)


@pytest.mark.parametrize("card", CARDS)
def test_a_card_is_known_however_it_is_written(card: str) -> None:
    in_fours = " ".join(card[at : at + 4] for at in range(0, len(card), 4))
    wide = card.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    for written in (card, in_fours, in_fours.replace(" ", "-"), wide):
        assert is_card_number(written)
        assert hidden(f"退到我的卡{written}，谢谢") == "退到我的卡〔银行卡号〕，谢谢"


@pytest.mark.parametrize(
    "number",
    [
        "E20261118102030000100001",
        "4010203040506070809",
        "6222021234567890127",
        "62220212",
        "尾号6222",
    ],
)
def test_numbers_of_orders_are_no_cards(number: str) -> None:
    assert not is_card_number(number)
    assert without_cards(f"订单{number}") == f"订单{number}"
