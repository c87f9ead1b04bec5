"""Reads the query of a list strictly, and cuts the list into pages."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import TypeVar

from sandbox.shops.woocommerce.errors import bad_param

T = TypeVar("T")

MOST_PER_PAGE = 100
SITE_ZONE = timezone(timedelta(hours=8))
"""The shop's own zone, in which times without a word about GMT are read."""


class Params:
    """The parameters of one request without those of OAuth; unknown ones are passed over."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self._query = query

    def text(self, name: str) -> str:
        """A text, "" when it is not given."""
        return self._query.get(name, "")

    def number(self, name: str, low: int, high: int, default: int) -> int:
        """A whole number within [low, high]. Raises WooCommerceError."""
        value = self._query.get(name)
        if value is None:
            return default
        if not value.isdecimal() or not low <= int(value) <= high:
            raise bad_param(name, f"must be between {low} and {high}")
        return int(value)

    def one_of(self, name: str, words: Sequence[str], default: str) -> str:
        """One of some words. Raises WooCommerceError."""
        value = self._query.get(name, default)
        if value not in words:
            raise bad_param(name, f"is not one of {', '.join(words)}")
        return value

    def moment(self, name: str) -> datetime | None:
        """An ISO 8601 time: of the site's zone, or GMT where `dates_are_gmt` says so."""
        value = self._query.get(name)
        if value is None:
            return None
        try:
            at = datetime.fromisoformat(value)
        except ValueError as error:
            raise bad_param(name, "Invalid date.") from error
        is_gmt = self.one_of("dates_are_gmt", ("true", "false", "1", "0"), "false")
        return at.replace(tzinfo=UTC if is_gmt in ("true", "1") else SITE_ZONE)

    def turn(self, rows: Sequence[T]) -> tuple[list[T], int]:
        """The page that is asked for, and how many there are. Raises WooCommerceError."""
        size = self.number("per_page", 1, MOST_PER_PAGE, 10)
        page = self.number("page", 1, 10**6, 1)
        return list(rows[(page - 1) * size : page * size]), -(-len(rows) // size)
