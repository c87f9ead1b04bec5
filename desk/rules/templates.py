"""Rules that stand in a ticket's template: for tickets of that version only."""

from typing import Protocol

from desk.rules.book import NO_RULES, RuleBook
from desk.templates.model import Template


class TemplateRules(Protocol):
    """Compiles the rules of templates; what was compiled once is known from then on."""

    def known(self, template: str, version: int) -> RuleBook | None:
        """The rules of a version that was compiled before; None: it was not."""

    def compiled(self, template: Template) -> RuleBook:
        """The rules of a version; what is wrong in one leaves that one out."""


class NoTemplateRules:
    """Of a house whose templates have no rules."""

    def known(self, template: str, version: int) -> RuleBook | None:
        """None are there."""
        return NO_RULES

    def compiled(self, template: Template) -> RuleBook:
        """None are there."""
        return NO_RULES
