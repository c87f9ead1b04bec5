"""Shopify's search syntax as far as lists of orders and products are asked with it."""

import re
from datetime import UTC, datetime

from sandbox.shops.shopify.errors import ShopifyError

_TERM = re.compile(r"([a-z_]+):(>=|<=|>|<)?(?:'([^']*)'|\"([^\"]*)\"|([^\s'\"]+))\s*")


def terms(query: object) -> list[tuple[str, str, str]]:
    """Each (field, comparison or "", value). Raises ShopifyError for what the fake cannot read."""
    if query is None or query == "":
        return []
    if not isinstance(query, str):
        raise ShopifyError("BAD_REQUEST", "query must be a string")
    found, at = [], 0
    while at < len(query):
        match = _TERM.match(query, at)
        if match is None:
            raise ShopifyError("BAD_REQUEST", f"the fake cannot search for {query[at:]!r}")
        value = next((each for each in match.groups()[2:] if each is not None), "")
        found.append((match.group(1), match.group(2) or "", value))
        at = match.end()
    return found


def is_within(moment: datetime, comparison: str, written: str) -> bool:
    """Compare a moment, in whole seconds, with one that was written."""
    try:
        bound = datetime.fromisoformat(written)
    except ValueError as error:
        raise ShopifyError("BAD_REQUEST", f"Invalid date {written!r}") from error
    bound, moment = bound.astimezone(UTC), moment.replace(microsecond=0)
    outcomes = {
        ">=": moment >= bound,
        "<=": moment <= bound,
        ">": moment > bound,
        "<": moment < bound,
    }
    return outcomes.get(comparison, moment == bound)
