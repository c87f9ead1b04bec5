"""What happened to reviews. `name` is what people call `by`."""

from dataclasses import dataclass

from desk.reviews.model import Review


@dataclass(frozen=True, slots=True)
class ReviewSettled:
    """Somebody looked and was first; `left` reviews are open still."""

    review: Review
    by: str
    name: str
    left: int
    card: str


@dataclass(frozen=True, slots=True)
class ReviewSettledBefore:
    """Somebody else was faster: `first_name`."""

    review: Review
    by: str
    first_name: str
    card: str


@dataclass(frozen=True, slots=True)
class ReviewPutOff:
    """It comes again after the others."""

    review: Review
    by: str
    card: str


@dataclass(frozen=True, slots=True)
class ReviewAnswered:
    """A person's words for the customer are on their way."""

    review: Review
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class ReviewAnsweredBefore:
    """Somebody wrote to the customer already: `first_name`."""

    review: Review
    by: str
    first_name: str


@dataclass(frozen=True, slots=True)
class NoSuchReview:
    """There is no review of this number."""

    number: int
    by: str


ReviewEvent = (
    NoSuchReview
    | ReviewAnswered
    | ReviewAnsweredBefore
    | ReviewPutOff
    | ReviewSettled
    | ReviewSettledBefore
)
