"""Facts that an answer about a product may rest on."""

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Where a fact is written; customers are told."""

    CATALOGUE = "catalogue"
    """The product's page in a shop: title, prices, kinds."""
    FAQ = "faq"
    """The merchant's frequently asked questions."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the merchant says; an answer may say nothing that no fact says."""

    source: Source
    text: str


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """A question with the merchant's answer; `products` (parts of titles) limit it, () fits all."""

    question: str
    answer: str
    products: tuple[str, ...] = ()

    def fits(self, title: str) -> bool:
        """Tell whether the entry is about a product ("" where none is known)."""
        return not self.products or any(each in title for each in self.products)


@dataclass(frozen=True, slots=True)
class Advice:
    """An answer, and the sources of what it says."""

    text: str
    sources: tuple[Source, ...]
