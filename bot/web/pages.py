"""Pages as HTML: templates that escape whatever is put into them, phrases as everywhere."""

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.web.assets import Assets, find_assets
from bot.web.facts import Facts
from bot.web.view import Say, view_of
from desk.kernel.clock import Clock
from desk.kernel.messages import Param, Phrase
from desk.phrases.book import PhraseBook
from desk.staff.directory import StaffDirectory

TEMPLATES = Path(__file__).parent / "templates"


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@dataclass(frozen=True, slots=True)
class Pages:
    """Writes pages in the merchant's words."""

    book: PhraseBook
    staff: StaffDirectory
    clock: Clock
    _assets: Assets = field(default_factory=find_assets)
    _templates: Environment = field(default_factory=_environment)

    def ticket(self, facts: Facts, token: str, *, said: str = "", onward: str = "") -> str:
        """The page of a ticket under its token; `said` is the key's end of what came of a click."""
        say = partial(self.book.render, now=self.clock.now())
        view = view_of(facts, self.staff, say, self.clock.now(), onward)
        return self._render("ticket.html", say, view=view, token=token, said=said)

    def none(self, key: str) -> str:
        """A page that says why there is none: page.none, page.busy, page.away or page.refused."""
        say = partial(self.book.render, now=self.clock.now())
        return self._render("none.html", say, key=key)

    def _render(self, name: str, say: Say, **given: object) -> str:
        def words(key: str, **params: Param) -> str:
            return say(Phrase(key, params))

        template = self._templates.get_template(name)
        return template.render(assets=self._assets, say=words, **given)
