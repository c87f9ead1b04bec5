"""What may be done about templates."""

from dataclasses import dataclass

from desk.templates.model import Template
from desk.templates.versions import EVERYWHERE

BEFORE = 0
"""In the place of a version: the one that was in force before."""


@dataclass(frozen=True, slots=True)
class PublishTemplates:
    """Put drafts in force, all or none, under the next number where the content is new.

    `stores` are ids, `EVERYWHERE` for all that have no version of their own. `replace`: those
    that have one lose it.
    """

    templates: tuple[Template, ...]
    by: str
    stores: tuple[str, ...] = (EVERYWHERE,)
    replace: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class PutBackTemplate:
    """Put a version of before in force again, `BEFORE` for the last one that was."""

    template: str
    by: str
    version: int = BEFORE
    stores: tuple[str, ...] = (EVERYWHERE,)
    note: str = ""


TemplateCommand = PublishTemplates | PutBackTemplate
