"""Takes what was asked for out of whole objects, cuts connections into pages, counts points."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sandbox.shops.shopify.errors import bad_argument
from sandbox.shops.shopify.language import Field
from sandbox.shops.shopify.schema import TYPES
from sandbox.shops.wire import Json


@dataclass(slots=True)
class Chooser:
    """Chooses; `points` are those that the answer really cost."""

    points: int = 0

    def choose(self, whole: Mapping[str, object], fields: Sequence[Field], kind: str) -> Json:
        """The fields of one object."""
        return {
            field.name: self._value(whole[field.name], field, TYPES[kind][field.name])
            for field in fields
        }

    def _value(self, value: object, field: Field, of: str) -> object:
        name = of.rstrip("*[]")
        if not of or value is None:
            return value
        if of.endswith("*"):
            self.points += 2
            return self._page(_rows(value), field, name)
        if of.endswith("[]"):
            first = field.args.get("first")
            rows = _rows(value)[: first if isinstance(first, int) else None]
            return [self._one(row, field.inside, name) for row in rows]
        assert isinstance(value, dict)
        return self._one(value, field.inside, name)

    def _one(self, row: Mapping[str, object], fields: Sequence[Field], name: str) -> Json:
        self.points += 1
        return self.choose(row, fields, name)

    def _page(self, rows: list[Json], field: Field, name: str) -> Json:
        start = _place(rows, field.args.get("after"))
        first = field.args["first"]
        assert isinstance(first, int)
        page = rows[start : start + first]
        whole: dict[str, object] = {
            "pageInfo": {
                "hasNextPage": start + first < len(rows),
                "hasPreviousPage": start > 0,
                "endCursor": _cursor(page[-1]) if page else None,
            }
        }
        for each in field.inside:
            if each.name == "nodes":
                whole["nodes"] = [self._one(row, each.inside, name) for row in page]
        asked = {each.name for each in field.inside}
        return {key: value for key, value in whole.items() if key in asked}


def _rows(value: object) -> list[Json]:
    assert isinstance(value, list)
    return value


def _cursor(row: Mapping[str, object]) -> str:
    return base64.b64encode(str(row["id"]).encode()).decode()


def _place(rows: Sequence[Mapping[str, object]], after: object) -> int:
    """Where the page begins that follows a cursor. Raises ShopifyError."""
    if after is None:
        return 0
    try:
        wanted = base64.b64decode(str(after), validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise bad_argument("after", "Invalid cursor for current pagination sort.") from error
    places = [place for place, row in enumerate(rows, 1) if row["id"] == wanted]
    if not places:
        raise bad_argument("after", "Invalid cursor for current pagination sort.")
    return places[0]
