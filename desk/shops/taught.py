"""What staff and customers have taught about a wording, as finding takes it in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from desk.shops.port import ItemId


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a wording was found to mean: to this customer (`own`), and to everybody (`shared`).

    `refused` are what this customer said that it does not mean.
    """

    own: ItemId | None = None
    shared: ItemId | None = None
    refused: frozenset[ItemId] = frozenset()


@dataclass(frozen=True, slots=True)
class Taught:
    """Names over those of the vocabulary, and what was learnt of the very wording asked for."""

    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own: Mapping[str, ItemId] = field(default_factory=dict)
    learnt: Learnt = field(default_factory=Learnt)


NOTHING = Taught()
