"""Why an answer cannot be taken, in words that say how to go on."""

from dataclasses import dataclass

from desk.kernel.messages import Param, Phrase, phrase


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that cannot be taken; `why` is a whole sentence with the way out."""

    why: Phrase


def refused(reason: str, **params: Param) -> Refused:
    """A refusal by the key form.why.<reason>."""
    return Refused(phrase(f"form.why.{reason}", **params))
