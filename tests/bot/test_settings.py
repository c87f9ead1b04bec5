"""Settings that would be noticed too late are refused at the start."""

import pytest
from pydantic import ValidationError

from bot.settings import Settings


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("https://desk.example.com", "https://desk.example.com"),
        ("https://desk.example.com/", "https://desk.example.com"),
        ("https://desk.example.com:8443/kefu/", "https://desk.example.com:8443/kefu"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_where_customers_reach_the_house_is_kept_without_a_slash(given: str, kept: str) -> None:
    assert Settings(public_url=given).public_url == kept


@pytest.mark.parametrize(
    "given",
    [
        "desk.example.com",
        "http://desk.example.com",
        "http://10.0.0.5:8000",
        "ftp://desk.example.com",
        "javascript:alert(1)",
        "https://",
        "https://me:secret@desk.example.com",
        "https://desk.example.com/?from=wecom",
        "https://desk.example.com/#top",
    ],
)
def test_an_address_that_customers_cannot_open_safely_is_refused(given: str) -> None:
    with pytest.raises(ValidationError, match="public_url"):
        Settings(public_url=given)
