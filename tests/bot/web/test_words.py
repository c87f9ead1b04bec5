"""Every text that a page says is in the phrase book, and nothing of it waits for a value."""

import re
from pathlib import Path

import pytest

from bot.phrases import load_phrases
from bot.web.acts import SAID
from bot.web.pages import TEMPLATES
from bot.web.stages import Place
from desk.phrases.book import BLANK, PhraseBook

TEXTS = load_phrases()
BOOK = PhraseBook(TEXTS)
NONE = ("none", "busy", "away", "refused")
FAMILIES = (
    *(f"page.said.{each}" for each in SAID),
    *(f"page.step.place.{each}" for each in Place),
    *(f"page.rate.score.{each}" for each in range(1, 6)),
    *(f"page.{each}{end}" for each in NONE for end in ("", ".told")),
)
SAYS = re.compile(r'say\("([a-z_.]+)"( ~|, \w+=)?')


def said_in(file: Path) -> list[tuple[str, str]]:
    """The keys that a template says, and what follows each."""
    return SAYS.findall(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", sorted(TEMPLATES.glob("*.html")), ids=lambda file: file.name)
def test_what_a_template_says_has_a_text(file: Path) -> None:
    said = said_in(file)
    whole = [key for key, more in said if not more.startswith(" ~")]
    assert BOOK.check(whole) == ()
    assert [key for key, more in said if not more and BLANK.search(TEXTS[key])] == []


def test_every_text_of_a_family_is_there_and_has_no_blanks() -> None:
    assert BOOK.check(FAMILIES) == ()
    assert [key for key in FAMILIES if BLANK.search(TEXTS[key])] == []


def test_no_text_of_the_pages_is_left_over() -> None:
    root = TEMPLATES.parent
    code = "\n".join(
        file.read_text(encoding="utf-8")
        for kind in ("*.py", "templates/*.html")
        for file in root.glob(kind)
    )
    unused = [
        key
        for key in TEXTS
        if key.startswith("page.") and key not in FAMILIES and f'"{key}"' not in code
    ]
    assert unused == []
