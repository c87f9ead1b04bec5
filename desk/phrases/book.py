"""The phrase book: keys and blanks become what a person reads."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from desk.kernel.messages import Param, Phrase, TicketLink
from desk.kernel.money import Fen
from desk.phrases.errors import MissingBlank, UnknownPhrase
from desk.phrases.times import tell_time

# Not str.format: a merchant's text must not reach into what fills it ({order.__class__}).
BLANK = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class PhraseBook:
    """The texts by key, in one language, overridden by the merchant where they like.

    A line that holds nothing but blanks which all turn out empty is left out.
    """

    def __init__(
        self, texts: Mapping[str, str], address: Callable[[TicketLink], str] = lambda _link: ""
    ) -> None:
        """Take the texts, and how a link is written as an address; "" where it has none."""
        self._texts, self._address = dict(texts), address

    def render(self, phrase: Phrase, now: datetime, *, lenient: bool = False) -> str:
        """Write a phrase out; Fen as ¥12.50, times relative to `now` in Asia/Shanghai.

        `lenient`: a blank that the phrase has no value for is left empty.

        Raises:
            UnknownPhrase: there is no text of this key.
            MissingBlank: the text has a blank that the phrase has no value for (not if `lenient`).
        """
        text = self._texts.get(phrase.key)
        if text is None:
            raise UnknownPhrase(phrase.key)
        if any(self._leads_nowhere(each) for each in phrase.params.values()):
            return ""
        lines = (self._line(line, phrase, now, lenient) for line in text.split("\n"))
        return "\n".join(line for line in lines if line is not None)

    def check(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Tell which of the keys have no text, sorted, each once."""
        return tuple(sorted({key for key in keys if key not in self._texts}))

    def _line(self, line: str, phrase: Phrase, now: datetime, lenient: bool) -> str | None:
        filled = BLANK.sub(lambda blank: self._fill(phrase, blank[1], now, lenient), line)
        only_blanks = BLANK.search(line) is not None and not BLANK.sub("", line).strip()
        return None if only_blanks and not filled.strip() else filled

    def _fill(self, phrase: Phrase, blank: str, now: datetime, lenient: bool) -> str:
        if blank not in phrase.params:
            if lenient:
                return ""
            raise MissingBlank(phrase.key, blank)
        return self._value(phrase.params[blank], now, lenient)

    def _value(self, value: Param, now: datetime, lenient: bool) -> str:
        match value:
            case Fen():
                return f"¥{value.yuan()}" if value >= 0 else f"-¥{Fen(-value).yuan()}"
            case datetime():
                return tell_time(value, now)
            case TicketLink():
                return self._address(value)
            case Phrase():
                return self.render(value, now, lenient=lenient)
            case tuple():
                return "\n".join(self.render(each, now, lenient=lenient) for each in value)
            case _:
                return str(value)

    def _leads_nowhere(self, value: Param) -> bool:
        return isinstance(value, TicketLink) and not self._address(value)
