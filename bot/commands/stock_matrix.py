"""SKUs as a matrix that fits a phone: a line per colour, a cell per size, the price told once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import reduce

from desk.kernel.messages import Phrase, phrase
from desk.kernel.money import Fen
from desk.shops.port import SkuStock

_LONGEST_NAME = 6
"""Characters of a cell's name; longer ones are easier to read one per line."""
_UNIT = "码"

Matrix = Mapping[str, Mapping[str, SkuStock]]
"""SKUs by the name of their line ("" for the only one) and of their cell."""


def usual_price(skus: Sequence[SkuStock]) -> Fen | None:
    """The price of more than half of the SKUs (at least one); None where there is none."""
    ((price, count),) = Counter(sku.price for sku in skus).most_common(1)
    return price if 2 * count > len(skus) else None


def stock_lines(skus: Sequence[SkuStock]) -> tuple[Phrase, ...]:
    """The SKUs (at least one) line by line; none for a product of one kind only.

    A price is told where it is not the usual one.
    """
    if len(skus) == 1 and not skus[0].properties:
        return ()
    usual, matrix = usual_price(skus), _matrix(skus)
    if matrix is None:
        return tuple(_one(sku, usual) for sku in skus)
    return tuple(_line(name, cells, usual) for name, cells in matrix.items())


def _matrix(skus: Sequence[SkuStock]) -> Matrix | None:
    """Put the SKUs in order; None where their properties differ, or names are long."""
    properties = [tuple(name for name, _ in sku.properties) for sku in skus]
    if not properties[0] or len(set(properties)) > 1:
        return None
    across = _across(skus)
    matrix: dict[str, dict[str, SkuStock]] = {}
    for sku in skus:
        values = [value.strip() for _, value in sku.properties]
        cell = values.pop(across)
        line = matrix.setdefault(" ".join(values), {})
        if cell in line or not 0 < len(cell) <= _LONGEST_NAME or " " in cell:
            return None
        line[cell] = sku
    return _without_unit(matrix)


def _across(skus: Sequence[SkuStock]) -> int:
    """The property with the most values; of several the last, as shops put sizes there."""
    kinds = [len(set(column)) for column in zip(*(sku.properties for sku in skus), strict=True)]
    return max(range(len(kinds)), key=lambda place: (kinds[place], place))


def _without_unit(matrix: Matrix) -> Matrix:
    names = {name for cells in matrix.values() for name in cells}
    if not all(name.removesuffix(_UNIT).isascii() and name != _UNIT for name in names):
        return matrix
    return {
        line: {name.removesuffix(_UNIT): sku for name, sku in cells.items()}
        for line, cells in matrix.items()
    }


def _line(name: str, cells: Mapping[str, SkuStock], usual: Fen | None) -> Phrase:
    prices = {sku.price for sku in cells.values()}
    own = prices.pop() if name and len(prices) == 1 else None
    written = [_cell(each, sku, own or usual) for each, sku in cells.items()]
    if not name:
        return phrase("cmd.stock.cells", cells=_row(written))
    price = phrase("cmd.stock.price", price=own) if own is not None and own != usual else ""
    if not any(sku.available > 0 for sku in cells.values()):
        return phrase("cmd.stock.line_gone", name=name, price=price)
    return phrase("cmd.stock.line", name=name, price=price, cells=_row(written))


def _row(cells: Sequence[Phrase]) -> Phrase:
    return reduce(lambda row, cell: phrase("cmd.stock.row", row=row, cell=cell), cells)


def _cell(name: str, sku: SkuStock, usual: Fen | None) -> Phrase:
    price = phrase("cmd.stock.price", price=sku.price) if sku.price != usual else ""
    if sku.available <= 0:
        return phrase("cmd.stock.cell_gone", name=name, price=price)
    return phrase("cmd.stock.cell", name=name, count=sku.available, price=price)


def _one(sku: SkuStock, usual: Fen | None) -> Phrase:
    name = " ".join(value for _, value in sku.properties) or phrase("cmd.stock.only_sku")
    price = phrase("cmd.stock.price", price=sku.price) if sku.price != usual else ""
    if sku.available <= 0:
        return phrase("cmd.stock.sku_gone", name=name, price=price)
    return phrase("cmd.stock.sku", name=name, count=sku.available, price=price)
