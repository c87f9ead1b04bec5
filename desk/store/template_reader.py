"""What is asked about templates, each question on a connection of its own."""

from desk.store.readers import Reading
from desk.store.templates import Known, StoredTemplates
from desk.templates.model import Template
from desk.templates.versions import Change, InForce, Published


class Templates:
    """Implements `desk.templates.ports.TemplateReader`."""

    def __init__(self, reading: Reading, known: Known) -> None:
        self._reading, self._known = reading, known

    async def in_force(self, template: str, store: str = "") -> Template | None:
        """The version that new tickets of a store follow."""
        async with self._reading() as connection:
            return await StoredTemplates(connection, self._known).in_force(template, store)

    async def version(self, template: str, version: int) -> Template | None:
        """A version that was once published."""
        async with self._reading() as connection:
            return await StoredTemplates(connection, self._known).version(template, version)

    async def everything_in_force(self) -> tuple[InForce, ...]:
        """What is in force where, by template and store."""
        async with self._reading() as connection:
            return await StoredTemplates(connection, self._known).everything_in_force()

    async def history(self, template: str) -> tuple[Published, ...]:
        """All versions of a template, the newest first."""
        async with self._reading() as connection:
            return await StoredTemplates(connection, self._known).history(template)

    async def changes(self, template: str, limit: int) -> tuple[Change, ...]:
        """The last lines of a template's log, the newest first."""
        async with self._reading() as connection:
            return await StoredTemplates(connection, self._known).changes(template, limit)
