"""What members of staff and customers hear about reviews."""

from desk.conversations.commands import CloseCard, SayTo, Tell
from desk.kernel.messages import Phrase, Say, phrase
from desk.reviews.events import (
    NoSuchReview,
    ReviewAnswered,
    ReviewAnsweredBefore,
    ReviewPutOff,
    ReviewSettled,
    ReviewSettledBefore,
)
from desk.reviews.model import ReviewState

Told = tuple[CloseCard | SayTo | Tell, ...]


def settled(event: ReviewSettled) -> Told:
    """The one who looked hears what is kept and how many are left; the card closes."""
    review = event.review
    name = Phrase(f"intent.menu.{review.corrected}") if review.corrected else ""
    key = "corrected" if review.state is ReviewState.CORRECTED else "accepted"
    left = _left(event)
    said = Phrase(f"review.{key}", {"number": review.number, "intent": name, "left": left})
    return (_tell(event.by, said), *_close(event.card, Phrase(f"review.card.{key}")))


def _left(event: ReviewSettled) -> Phrase:
    """How many are left, and how to go on; after a button the next one comes by itself."""
    if not event.left:
        return phrase("review.none_left")
    key = "review.left_next" if event.card else "review.left"
    return Phrase(key, {"count": event.left})


def settled_before(event: ReviewSettledBefore) -> Told:
    """The one who came second hears who was first."""
    review = event.review
    said = phrase(
        "review.settled_before",
        number=review.number,
        name=event.first_name,
        intent=Phrase(f"intent.menu.{review.corrected}")
        if review.corrected
        else phrase("review.agreed"),
    )
    return (_tell(event.by, said), *_close(event.card, phrase("review.card.before")))


def put_off(event: ReviewPutOff) -> Told:
    """The one who skips it hears how to go on."""
    said = phrase("review.put_off", number=event.review.number)
    return (_tell(event.by, said), *_close(event.card, phrase("review.card.put_off")))


def answered(event: ReviewAnswered) -> Told:
    """The customer hears the person's words; the person, that they are on their way."""
    words = Say(phrase("review.answer", text=event.text))
    said = phrase("review.answering", number=event.review.number)
    return (SayTo(event.review.conversation, words), _tell(event.by, said))


def answered_before(event: ReviewAnsweredBefore) -> Told:
    """The one who came second hears who has written."""
    said = phrase("review.answered_before", number=event.review.number, name=event.first_name)
    return (_tell(event.by, said),)


def no_such(event: NoSuchReview) -> Told:
    """The one who asked hears that the number is wrong."""
    return (_tell(event.by, phrase("review.unknown", number=event.number)),)


def _close(card: str, text: Phrase) -> tuple[CloseCard, ...]:
    return (CloseCard(card, text),) if card else ()


def _tell(userid: str, said: Phrase) -> Tell:
    return Tell(Say(said), (userid,))
