"""What the command line does with published templates, by the same ways as the chat."""

import argparse
import getpass
import sys
from collections.abc import Sequence

from bot.templates.choosing import (
    Unclear,
    chosen,
    chosen_stores,
    compared,
    drafts_to_publish,
)
from bot.templates.overview import (
    LOGGED,
    Standing,
    head_of,
    log_said,
    since_lines,
    standings,
)
from desk.books import Library
from desk.front import Desk
from desk.kernel.messages import Phrase
from desk.phrases.book import PhraseBook
from desk.templates.commands import PublishTemplates, PutBackTemplate, TemplateCommand
from desk.templates.events import NotPutBack
from desk.templates.ports import NoDrafts
from desk.templates.publishing import Publishing
from desk.templates.wording import not_put_back_said, placed_said


class HeadOffice:
    """Reads and publishes templates in one house, and prints what became of it."""

    def __init__(self, desk: Desk, library: Library, book: PhraseBook) -> None:
        self._desk, self._library, self._book = desk, library, book
        self._stores = desk.stores

    async def run(self, given: argparse.Namespace) -> int:
        """Do what the command line says; 0 where it went well, 1 where something is wrong."""
        do = {
            "list": self._list,
            "publish": self._publish,
            "diff": self._diff,
            "log": self._log,
            "back": self._back,
        }
        # What is wrong with files must not keep anybody from putting back what went before.
        drafts = NoDrafts() if given.what in ("back", "log") else self._desk.drafts
        known = await standings(self._desk.templates, drafts)
        try:
            return await do[given.what](given, known)
        except Unclear as unclear:
            sys.stderr.write(f"bot: {self._text(unclear.why)}\n")
            return 1

    async def _list(self, _: argparse.Namespace, known: Sequence[Standing]) -> int:
        names = {each.id: each.name for each in self._stores}
        for each in known:
            for line in (head_of(each), *since_lines(each, names)):
                self._say(line)
        return 0

    async def _publish(self, given: argparse.Namespace, known: Sequence[Standing]) -> int:
        named = [chosen(each, known) for each in given.ids]
        drafts = drafts_to_publish(named or [each for each in known if each.is_fresh])
        stores = chosen_stores(given.store, self._stores, alone=given.replace)
        by, note = given.by or getpass.getuser(), given.note
        return await self._do(
            PublishTemplates(drafts, by, stores, note=note, replace=given.replace)
        )

    async def _diff(self, given: argparse.Namespace, known: Sequence[Standing]) -> int:
        self._say(compared(chosen(given.id, known), given.versions))
        return 0

    async def _log(self, given: argparse.Namespace, known: Sequence[Standing]) -> int:
        standing = chosen(given.id, known)
        names = {each.id: each.name for each in self._stores}
        changes = await self._desk.templates.changes(standing.id, LOGGED)
        self._say(log_said(standing, changes, names))
        return 0

    async def _back(self, given: argparse.Namespace, known: Sequence[Standing]) -> int:
        name = chosen(given.id, known).id
        stores = chosen_stores(given.store, self._stores)
        by = given.by or getpass.getuser()
        return await self._do(PutBackTemplate(name, by, given.version, stores, given.note))

    async def _do(self, command: TemplateCommand) -> int:
        """Carry out a command, all of it or nothing."""
        now = self._desk.clock.now()
        async with self._library.open() as books:
            (event,) = await Publishing(books.templates, self._stores, now).carry_out(command)
        if isinstance(event, NotPutBack):
            self._say(not_put_back_said(event))
            return 1
        self._say(placed_said(event))
        return 0

    def _text(self, said: Phrase) -> str:
        return self._book.render(said, self._desk.clock.now())

    def _say(self, said: Phrase) -> None:
        sys.stdout.write(f"{self._text(said)}\n")
