"""Column types that take what people and platforms write as it comes."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import TIMESTAMP, Column, Dialect, Text, TypeDecorator, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from typing_extensions import override

AT = TIMESTAMP(timezone=True)


def storable(text: str) -> str:
    """Drop what PostgreSQL's text cannot hold: NUL, and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


class Words(TypeDecorator[str]):
    """Text from outside."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Make it storable."""
        return None if value is None else storable(value)


def _clean(value: Any) -> Any:  # noqa: ANN401  JSON has no narrower type
    match value:
        case str():
            return storable(value)
        case list():
            return [_clean(each) for each in value]
        case dict():
            return {storable(key): _clean(each) for key, each in value.items()}
        case _:
            return value


def to_json(value: Any) -> str:  # noqa: ANN401  JSON has no narrower type
    """Write JSON that PostgreSQL's jsonb accepts."""
    return json.dumps(_clean(value), ensure_ascii=False, separators=(",", ":"))


def key(name: str = "id") -> Column[UUID]:
    """A primary key that we made ourselves."""
    return Column(name, Uuid, primary_key=True)


def words(name: str, default: str | None = None) -> Column[str]:
    """Text that is always there."""
    return Column(name, Words, nullable=False, server_default=default)


def moment(name: str, *, optional: bool = False) -> Column[datetime]:
    """A moment, aware UTC."""
    return Column(name, AT, nullable=optional)


def value(name: str) -> Column[Any]:
    """A whole value of ours, as the codec writes it."""
    return Column(name, JSONB, nullable=False)
