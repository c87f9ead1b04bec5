"""Render: phrases become text, cut to what a message may hold."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.turn.ports import RenderedCard
from desk.kernel.clock import SHANGHAI, Clock
from desk.kernel.messages import Card, Phrase, Say
from desk.phrases.book import PhraseBook


@dataclass(frozen=True, slots=True)
class Renderer:
    """Turns phrases into the merchant's words."""

    book: PhraseBook
    clock: Clock
    split: Callable[[str], tuple[str, ...]]
    """Cuts text into what one message of the channel may hold."""

    def text(self, phrase: Phrase) -> str:
        """One phrase as text."""
        return self.book.render(phrase, self.clock.now())

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
