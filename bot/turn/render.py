"""Render: phrases become text, cut to what a message may hold."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.turn.ports import RenderedCard
from desk.kernel.clock import SHANGHAI, Clock
from desk.kernel.messages import Card, Phrase, Say
from desk.phrases.book import PhraseBook
from desk.phrases.errors import MissingBlank

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Renderer:
    """Turns phrases into the merchant's words."""

    book: PhraseBook
    clock: Clock
    split: Callable[[str], tuple[str, ...]]
    """Cuts text into what one message of the channel may hold."""

    def text(self, phrase: Phrase) -> str:
        """One phrase as text.

        What was written before a phrase got a new blank has no value for it, and goes out without.
        """
        now = self.clock.now()
        try:
            return self.book.render(phrase, now)
        except MissingBlank as error:
            log.warning("phrase.blank_left_empty", phrase=error.key, blank=error.blank)
            return self.book.render(phrase, now, lenient=True)

    def say(self, say: Say) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Text and menu lines (id, label)."""
        menu = tuple((choice.id, self.text(choice.label)) for choice in say.menu)
        return self.text(say.phrase), menu

    def card(self, card: Card) -> RenderedCard:
        """A card with all its phrases as text."""
        return RenderedCard(
            task=card.task,
            title=self.text(card.title),
            subtitle=self.text(card.subtitle),
            rows=tuple((self.text(name), self.text(value)) for name, value in card.rows),
            buttons=tuple((each.key, self.text(each.label), each.style) for each in card.buttons),
        )

    def parts(self, text: str) -> tuple[str, ...]:
        """Text in parts that a message may hold."""
        return self.split(text)

    def stamped(self, text: str, at: datetime) -> str:
        """Text with its time below: WeCom suppresses equal texts within half an hour."""
        return f"{text}\n{at.astimezone(SHANGHAI):%H:%M:%S}"
