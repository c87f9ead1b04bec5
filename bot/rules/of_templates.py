"""The rules that stand in templates, compiled once for each version."""

from dataclasses import dataclass, field, replace

import structlog

from bot.rules.actions import Places
from bot.rules.reading import Fault, read_rule
from desk.rules.book import RuleBook
from desk.rules.model import Rule
from desk.templates.model import Template

log = structlog.get_logger()


@dataclass
class CompiledTemplates:
    """Implements `desk.rules.templates.TemplateRules`; a version never changes."""

    places: Places
    _books: dict[tuple[str, int], RuleBook] = field(default_factory=dict)

    def known(self, template: str, version: int) -> RuleBook | None:
        """The rules of a version that was compiled before; None: it was not."""
        return self._books.get((template, version))

    def compiled(self, template: Template) -> RuleBook:
        """The rules of a version; what is wrong in one leaves that one out.

        They were checked when they were published; a store that one names may have closed since.
        """
        read = (self._rule(template, at) for at in range(len(template.rules)))
        book = RuleBook(each for each in read if each is not None)
        self._books[template.id, template.version] = book
        return book

    def _rule(self, template: Template, at: int) -> Rule | None:
        try:
            rule = read_rule(template.rules[at], f"rules[{at}]", self.places, Fault)
        except Fault as fault:
            log.warning("template.rule_refused", template=template.id, where=fault.where)
            return None
        return replace(rule, id=f"{template.id}.{rule.id}") if rule else None
