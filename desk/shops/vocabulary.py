"""What the merchant and everybody else call things: aliases, brands, spare parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from desk.shops.port import ItemId
from desk.shops.readings import Readings, no_readings
from desk.shops.taught import Taught


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that finding knows.

    `aliases`: a name and the words that titles use for it (尿不湿: 纸尿裤, 拉拉裤). `own`: a
    name and the very item it means. `must`: words that a product must carry where the customer
    says them (a brand, 成人). `parts`: what goes with a product and is not the product (清洗液,
    滤芯); meant only where it is said. `spares`: words by which a title says that it is one.
    """

    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own: Mapping[str, ItemId] = field(default_factory=dict)
    must: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    spares: frozenset[str] = frozenset()
    readings: Readings = no_readings

    def with_names(self, taught: Taught) -> "Vocabulary":
        """The vocabulary with names that staff taught over its own."""
        if not (taught.aliases or taught.own):
            return self
        aliases = {**self.aliases, **taught.aliases}
        return replace(self, aliases=aliases, own={**self.own, **taught.own})
