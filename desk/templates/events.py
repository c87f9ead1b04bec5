"""What happened to templates."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from desk.templates.model import Template


@dataclass(frozen=True, slots=True)
class Placed:
    """A version that was to be in force; `stores` are those where it was not before.

    `ended` are the stores that lost their own for it, `before` what it took the place of.
    """

    template: Template
    is_new: bool
    stores: tuple[str, ...]
    ended: tuple[str, ...] = ()
    before: Template | None = None

    @property
    def changed(self) -> bool:
        """Tell whether anything is otherwise than before."""
        return self.is_new or bool(self.stores or self.ended)


@dataclass(frozen=True, slots=True)
class TemplatesPlaced:
    """Templates were put in force, or were already; `names` are those of stores, by their ids."""

    placed: tuple[Placed, ...]
    by: str
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotPutBack:
    """There is no such version, or none that was in force before (`version` 0); nothing is done."""

    template: str
    version: int
    store: str
    by: str
    name: str = ""


TemplateHappening = NotPutBack | TemplatesPlaced
