"""Reads the merchant's YAML files into typed seeds; a wrong field names its place."""

from functools import cache
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter

HERE = Path(__file__).parent

T = TypeVar("T")


def read(name: str, shape: type[T], folder: Path = HERE) -> T:
    """Read `folder/name` as `shape`. Raises pydantic.ValidationError with the failing path."""
    return TypeAdapter(shape).validate_python(_raw(folder / name))


@cache
def _raw(path: Path) -> object:
    """Parsed once a process: parsing takes longer than everything else that a fake does."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))
