"""What tickets need to know about templates."""

from typing import Protocol

from desk.templates.model import Template


class TemplateReader(Protocol):
    """What may be asked about templates."""

    async def in_force(self, template: str, store: str = "") -> Template | None:
        """The version that new tickets of a store follow ("": no store's); None: there is none."""

    async def version(self, template: str, version: int) -> Template | None:
        """A version that was once published."""


class NoTemplates:
    """A desk without templates: tickets have no form and no steps of their own."""

    async def in_force(self, template: str, store: str = "") -> Template | None:
        """None."""
        return None

    async def version(self, template: str, version: int) -> Template | None:
        """None."""
        return None
