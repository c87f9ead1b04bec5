"""Money is a whole number of fen; no float ever touches it."""

from decimal import Decimal, InvalidOperation
from typing import Self

_FEN_PER_YUAN = 100


class Fen(int):
    """An amount in fen (分, 1/100 yuan)."""

    @classmethod
    def from_yuan(cls, text: str) -> Self:
        """Read a yuan amount as shops write it ("129.00").

        Raises:
            ValueError: it is no number, or it has fractions of a fen.
        """
        try:
            fen = Decimal(text.strip()) * _FEN_PER_YUAN
        except InvalidOperation as error:
            raise ValueError(f"not an amount in yuan: {text!r}") from error
        if fen != fen.to_integral_value():
            raise ValueError(f"fractions of a fen: {text!r}")
        return cls(int(fen))

    def yuan(self) -> str:
        """Write the amount in yuan, without empty decimals: "129", "12.50", "-0.05"."""
        sign = "-" if self < 0 else ""
        whole, rest = divmod(abs(int(self)), _FEN_PER_YUAN)
        return f"{sign}{whole}" if rest == 0 else f"{sign}{whole}.{rest:02d}"
