"""Reads the merchant's YAML files into typed seeds; a wrong field names its place."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter

HERE = Path(__file__).parent

T = TypeVar("T")


def read(name: str, shape: type[T], folder: Path = HERE) -> T:
    """Read `folder/name` as `shape`. Raises pydantic.ValidationError with the failing path."""
    raw: object = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
    return TypeAdapter(shape).validate_python(raw)
