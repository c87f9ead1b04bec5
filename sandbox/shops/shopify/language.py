"""Reads queries in GraphQL: one operation, variables, arguments; no fragments, no mutations."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.shops.shopify.errors import ShopifyError, bad_argument, unparsed

_TOKEN = re.compile(r'[\s,]*(?:([A-Za-z_]\w*)|(-?\d+)|("(?:[^"\\]|\\.)*")|([{}()\[\]:$!=]))')


@dataclass(frozen=True, slots=True)
class Field:
    """One field that is asked for; `args` with variables put in."""

    name: str
    args: Mapping[str, object]
    inside: tuple["Field", ...]


def read_query(text: str, variables: Mapping[str, object]) -> tuple[Field, ...]:
    """The fields of the root. Raises ShopifyError."""
    return _Reader(_tokens(text), variables).operation()


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    rest = text.rstrip()
    while at < len(rest):
        match = _TOKEN.match(rest, at)
        if match is None:
            raise unparsed(repr(rest[at : at + 10]))
        found.append(match.group(match.lastindex or 0))
        at = match.end()
    return found


class _Reader:
    def __init__(self, tokens: list[str], variables: Mapping[str, object]) -> None:
        self._tokens = [*tokens, ""]
        self._at = 0
        self._variables = variables
        self._declared: set[str] = set()

    def operation(self) -> tuple[Field, ...]:
        if self._sees("mutation") or self._sees("subscription"):
            raise ShopifyError("ACCESS_DENIED", "The token may only read.")
        if self._sees("query"):
            self._take()
            if self._tokens[self._at] not in ("(", "{"):
                self._name()
            if self._sees("("):
                self._declarations()
        fields = self._selection()
        if self._tokens[self._at]:
            raise unparsed(self._tokens[self._at])
        unknown = sorted(self._variables.keys() - self._declared)
        if unknown:
            raise bad_argument(unknown[0], "is not declared")
        return fields

    def _declarations(self) -> None:
        self._expect("(")
        while not self._sees(")"):
            self._expect("$")
            name = self._name()
            self._expect(":")
            self._name()
            if self._sees("!"):
                self._take()
                if self._variables.get(name) is None:
                    raise bad_argument(name, "was provided invalid value")
            self._declared.add(name)
        self._take()

    def _selection(self) -> tuple[Field, ...]:
        self._expect("{")
        fields = []
        while not self._sees("}"):
            name = self._name()
            args = self._arguments() if self._sees("(") else {}
            inside = self._selection() if self._sees("{") else ()
            fields.append(Field(name, args, inside))
        self._take()
        if not fields:
            raise unparsed("an empty selection")
        return tuple(fields)

    def _arguments(self) -> dict[str, object]:
        self._expect("(")
        found: dict[str, object] = {}
        while not self._sees(")"):
            name = self._name()
            self._expect(":")
            found[name] = self._value()
        self._take()
        return found

    def _value(self) -> object:
        piece = self._take()
        if piece == "$":
            name = self._name()
            if name not in self._declared:
                raise bad_argument(name, "is not declared")
            return self._variables.get(name)
        if piece == "[":
            values = []
            while not self._sees("]"):
                values.append(self._value())
            self._take()
            return values
        if piece.startswith('"'):
            return piece[1:-1].replace('\\"', '"')
        if piece.lstrip("-").isdecimal():
            return int(piece)
        return {"true": True, "false": False, "null": None}.get(piece, piece)

    def _sees(self, piece: str) -> bool:
        return self._tokens[self._at] == piece

    def _take(self) -> str:
        piece = self._tokens[self._at]
        if not piece:
            raise unparsed("the end")
        self._at += 1
        return piece

    def _expect(self, piece: str) -> None:
        if self._take() != piece:
            raise unparsed(f"'{self._tokens[self._at - 1]}', expected '{piece}'")

    def _name(self) -> str:
        piece = self._take()
        if not re.fullmatch(r"[A-Za-z_]\w*", piece):
            raise unparsed(f"'{piece}', expected a name")
        return piece
