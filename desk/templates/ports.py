"""What tickets need to know about templates, and what publishing needs to write."""

from collections.abc import Sequence
from typing import Protocol

from desk.templates.model import Template
from desk.templates.versions import Change, Draft, InForce, Published, Stamp


class TemplateReader(Protocol):
    """What may be asked about templates."""

    async def in_force(self, template: str, store: str = "") -> Template | None:
        """The version that new tickets of a store follow ("": no store's); None: there is none."""

    async def version(self, template: str, version: int) -> Template | None:
        """A version that was once published."""

    async def everything_in_force(self) -> Sequence[InForce]:
        """What is in force where, by template and store, for all stores first."""

    async def history(self, template: str) -> Sequence[Published]:
        """All versions of a template, the newest first."""

    async def changes(self, template: str, limit: int) -> Sequence[Change]:
        """The last lines of a template's log, the newest first."""


class TemplateStore(TemplateReader, Protocol):
    """What may be written: versions are added, and put in force; nothing is ever taken away."""

    async def alone(self) -> None:
        """From here to the end of the transaction nobody else publishes; waits until it is so."""

    async def publish(self, template: Template, stamp: Stamp) -> Published:
        """Keep a version under the next number, `alone`; known content keeps the number it has.

        The `version` of what is given does not count.
        """

    async def put_in_force(self, template: str, version: int, store: str, stamp: Stamp) -> bool:
        """New tickets of a store (`EVERYWHERE`: of all without their own) follow a version.

        False: they did already.
        """

    async def end_own(self, template: str, stamp: Stamp) -> Sequence[str]:
        """No store has this template of its own any more; the stores that had."""


class Drafts(Protocol):
    """The files that templates are published from."""

    async def read(self) -> Sequence[Draft]:
        """All drafts, in the order of the ids.

        Raises:
            DeskError: a file is wrong; nothing is published from a folder with faults.
        """


class NoDrafts:
    """There is nothing to publish."""

    async def read(self) -> Sequence[Draft]:
        """Nothing."""
        return ()


class NoTemplates:
    """A desk without templates: tickets have no form and no steps of their own."""

    async def in_force(self, template: str, store: str = "") -> Template | None:
        """None."""
        return None

    async def version(self, template: str, version: int) -> Template | None:
        """None."""
        return None

    async def everything_in_force(self) -> Sequence[InForce]:
        """Nothing."""
        return ()

    async def history(self, template: str) -> Sequence[Published]:
        """Nothing."""
        return ()

    async def changes(self, template: str, limit: int) -> Sequence[Change]:
        """Nothing."""
        return ()
