"""Spans of time as people say them."""

from datetime import timedelta

import pytest

from bot.phrases import load_phrases
from desk.phrases.book import PhraseBook
from desk.sla.telling import span_phrase
from tests.clocks import NOON


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(minutes=7), "7 分钟"),
        (timedelta(hours=2), "2 小时"),
        (timedelta(hours=2, minutes=5), "2 小时 5 分钟"),
        (timedelta(days=2), "2 天"),
        (timedelta(days=2, hours=3, minutes=20), "2 天 3 小时"),
    ],
)
def test_what_is_none_is_not_said(span: timedelta, said: str) -> None:
    assert PhraseBook(load_phrases()).render(span_phrase(span), NOON).strip() == said
