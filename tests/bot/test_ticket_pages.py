"""`python -m bot check` says whether customers get the address of a page."""

import pytest

from bot.settings import Settings
from bot.ticket_pages import check_pages


@pytest.mark.parametrize(
    ("settings", "code", "words"),
    [
        (Settings(public_url=""), "pages.none", "PUBLIC_URL"),
        (Settings(public_url="https://desk.example"), "pages.ok", "前面没有代理"),
        (
            Settings(public_url="https://desk.example", trusted_proxies=2),
            "pages.ok",
            "前面有 2 层自己的代理",
        ),
    ],
)
def test_the_check_tells_where_the_page_is(settings: Settings, code: str, words: str) -> None:
    finding = check_pages(settings)
    assert finding.code == code
    assert words in finding.say
