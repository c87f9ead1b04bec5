"""One method of the gateway, and how its lists are cut by a cursor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sandbox.shops.kuaishou.errors import invalid
from sandbox.shops.kuaishou.params import Params
from sandbox.shops.kuaishou.shop import KuaishouShop
from sandbox.shops.wire import Json, epoch_ms

NO_MORE = "nomore"
DESCENDING = 1

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Api:
    """A method: its name and what fills `data`."""

    method: str
    run: Callable[[KuaishouShop, Params], Json]


def page(
    rows: list[Row],
    where: Callable[[Row], tuple[datetime, str]],
    cursor: str,
    size: int,
    *,
    descending: bool,
) -> tuple[list[Row], str]:
    """Cut one page out of rows that stand by `where`, and say where to go on."""

    def place(row: Row) -> tuple[int, int]:
        at, number = where(row)
        return epoch_ms(at), int(number)

    ordered = sorted(rows, key=place, reverse=descending)
    if cursor:
        try:
            after = tuple(map(int, cursor.split("_", 1)))
        except ValueError as error:
            raise invalid("cursor") from error
        ordered = [
            row for row in ordered if (place(row) < after if descending else place(row) > after)
        ]
    found = ordered[:size]
    if len(ordered) <= size:
        return found, NO_MORE
    at, number = place(found[-1])
    return found, f"{at}_{number}"
