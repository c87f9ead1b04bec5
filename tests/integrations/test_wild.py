"""Outside JSON is read as something, or the error names where it could not be."""

from datetime import UTC, datetime

import pytest

from desk.kernel.errors import Unavailable
from desk.kernel.money import Fen
from integrations.wild import Unreadable, Wild


def _wild(text: str) -> Wild:
    return Wild.parse("youzan", text)


def test_an_error_names_the_exact_path() -> None:
    answer = _wild('{"data":{"orders":[{"price":"1.00"},{"price":{}}]}}')

    with pytest.raises(Unreadable) as caught:
        [order["price"].yuan() for order in answer["data"]["orders"]]

    assert caught.value.path == "data.orders[1].price"
    assert isinstance(caught.value, Unavailable)
    assert "youzan" in str(caught.value)


def test_an_answer_that_is_no_json_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        _wild("<html>502 Bad Gateway</html>")


@pytest.mark.parametrize("written", ["19.90", '"19.90"', '"19.9"', '" 19.90"'])
def test_yuan_never_pass_through_a_float(written: str) -> None:
    assert _wild(f'{{"price":{written}}}')["price"].yuan() == Fen(1990)


@pytest.mark.parametrize(
    "written",
    ['"19.905"', "true", "[]", '"免费"', "null", '"1e99999999"', '"Infinity"', '"NaN"', "Infinity"],
)
def test_what_is_no_amount_in_yuan_is_refused(written: str) -> None:
    with pytest.raises(Unreadable):
        _wild(f'{{"price":{written}}}')["price"].yuan()


def test_fen_with_a_fraction_are_refused() -> None:
    with pytest.raises(Unreadable):
        _wild('{"price":1990.5}')["price"].fen()


def test_a_big_number_becomes_a_text_without_loss() -> None:
    assert _wild('{"tid":2618830174529916203}')["tid"].id() == "2618830174529916203"


def test_beijing_time_becomes_utc() -> None:
    read = _wild('{"created":"2026-11-21 07:30:00"}')["created"].moment()

    assert read == datetime(2026, 11, 20, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "written", ['"2026-11-21T07:30:00"', "1763740900", '"昨天"', '"0001-01-01 00:00:00"']
)
def test_what_is_no_beijing_time_is_refused(written: str) -> None:
    with pytest.raises(Unreadable):
        _wild(f'{{"created":{written}}}')["created"].moment()


def test_a_missing_list_is_an_empty_one_but_a_text_is_none() -> None:
    assert list(_wild("{}")["orders"]) == []
    with pytest.raises(Unreadable):
        list(_wild('{"orders":"none"}')["orders"])


@pytest.mark.parametrize(("written", "read"), [("true", True), ('"true"', True), ("0", False)])
def test_a_yes_may_be_a_text(written: str, read: bool) -> None:
    assert _wild(f'{{"success":{written}}}')["success"].is_true() is read


@pytest.mark.parametrize("written", ["99999999999999999999", '"soon"', "1.5"])
def test_what_are_no_milliseconds_is_refused(written: str) -> None:
    with pytest.raises(Unreadable):
        _wild(f'{{"expires":{written}}}')["expires"].millis()


def test_json_without_a_bottom_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        _wild("[" * 200_000)


def test_unix_seconds_become_utc() -> None:
    read = _wild('{"at":"1763740900","in":1763740900}')

    assert read["at"].seconds() == read["in"].seconds() == datetime.fromtimestamp(1763740900, UTC)


@pytest.mark.parametrize("written", ["99999999999999999999", '"soon"', "1.5", "null"])
def test_what_are_no_seconds_is_refused(written: str) -> None:
    with pytest.raises(Unreadable):
        _wild(f'{{"expires":{written}}}')["expires"].seconds()


def test_an_answer_is_given_back_without_what_must_not_be_kept() -> None:
    answer = _wild(
        '{"tid":2618830174529916203,"payment":19.90,"address":{"name":"周敏","city":"上海"},'
        '"children":[{"name":"周小敏","n":1}],"memo":null}'
    )

    assert answer.raw(without={"name"}) == (
        '{"tid":2618830174529916203,"payment":"19.90","address":{"city":"上海"},'
        '"children":[{"n":1}],"memo":null}'
    )
    assert "周敏" in answer.raw()


def test_a_part_of_an_answer_is_given_back_alone() -> None:
    assert _wild('{"data":{"a":[1,"x"]},"trace":"t"}')["data"].raw() == '{"a":[1,"x"]}'


def test_half_a_letter_is_not_given_back() -> None:
    assert _wild('{"memo":"\\ud83d!"}').raw() == '{"memo":"?!"}'


def test_letters_that_no_database_takes_become_question_marks() -> None:
    read = _wild('{"memo":"小\\u0000满\\ud83d!","no":"E1\\u0000"}')

    assert read["memo"].text() == "小?满?!"
    assert read["no"].id() == "E1?"


@pytest.mark.parametrize("written", [str(2**63), str(-(2**63) - 1), f'"{10**20}"'])
def test_a_whole_number_beyond_64_bits_is_refused(written: str) -> None:
    with pytest.raises(Unreadable):
        _wild(f'{{"version":{written}}}')["version"].whole()
