"""The form of a ticket as staff read it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormShown:
    """Answers as (label, value), and the labels of what the customer has not told yet."""

    answers: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
