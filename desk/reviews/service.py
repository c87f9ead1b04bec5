"""Carries out what may be done about reviews: kept once, settled once, answered once."""

from desk.conversations.tray import OutTray
from desk.kernel.ids import ReviewId
from desk.reviews.commands import (
    AcceptReading,
    AnswerFromReview,
    CorrectReading,
    KeepForReview,
    PutOffReview,
)
from desk.reviews.events import (
    NoSuchReview,
    ReviewAnswered,
    ReviewAnsweredBefore,
    ReviewEvent,
    ReviewPutOff,
    ReviewSettled,
    ReviewSettledBefore,
)
from desk.reviews.model import Review, ReviewKind, ReviewState
from desk.reviews.ports import ReviewStore
from desk.staff.directory import StaffDirectory

ReviewCommand = AcceptReading | AnswerFromReview | CorrectReading | KeepForReview | PutOffReview


class Reviews:
    """The reviews' side of one piece of work."""

    def __init__(self, store: ReviewStore, staff: StaffDirectory, tray: OutTray) -> None:
        self._store, self._staff, self._tray = store, staff, tray

    async def carry_out(self, command: ReviewCommand) -> tuple[ReviewEvent, ...]:
        """Do one thing and tell what happened."""
        if isinstance(command, KeepForReview):
            await self._keep(command)
            return ()
        review = await self._store.by_number(command.number)
        if review is None:
            return (NoSuchReview(command.number, command.by),)
        match command:
            case AcceptReading(by=by, card=card):
                return (await self._settle(review, "", by, card),)
            case CorrectReading(by=by, intent=intent, card=card):
                # Whoever names the intent that was read agrees with it.
                corrected = "" if intent == review.intent else intent
                return (await self._settle(review, corrected, by, card),)
            case AnswerFromReview(by=by, text=text):
                return (await self._answer(review, by, text),)
            case PutOffReview(by=by, card=card):
                return (await self._put_off(review, by, card),)

    async def _keep(self, asked: KeepForReview) -> None:
        if asked.kind is ReviewKind.PERSON and await self._store.is_promised(asked.conversation):
            return  # They ask again for what is coming: one to look at is enough.
        await self._store.keep(
            Review(
                id=ReviewId(self._tray.derive("review")),
                number=0,
                kind=asked.kind,
                conversation=asked.conversation,
                customer=asked.customer,
                said=asked.said,
                intent=asked.intent,
                confidence=asked.confidence,
                alternatives=asked.alternatives,
                kept_at=self._tray.now,
                promised=asked.promised,
            )
        )

    async def _settle(self, review: Review, corrected: str, by: str, card: str) -> ReviewEvent:
        state = ReviewState.CORRECTED if corrected else ReviewState.ACCEPTED
        first = await self._store.settle(review, state, corrected, by, self._tray.now)
        current = await self._store.by_number(review.number) or review
        if not first:
            return ReviewSettledBefore(current, by, self._name(current.by), card)
        left = sum((await self._store.counts()).values())
        return ReviewSettled(current, by, self._name(by), left, card)

    async def _put_off(self, review: Review, by: str, card: str) -> ReviewEvent:
        if review.state is not ReviewState.OPEN:
            return ReviewSettledBefore(review, by, self._name(review.by), card)
        await self._store.put_off(review, self._tray.now)
        return ReviewPutOff(review, by, card)

    async def _answer(self, review: Review, by: str, text: str) -> ReviewEvent:
        if await self._store.answered(review, by, self._tray.now):
            return ReviewAnswered(review, by, text)
        current = await self._store.by_number(review.number) or review
        return ReviewAnsweredBefore(current, by, self._name(current.answered_by))

    def _name(self, userid: str) -> str:
        member = self._staff.find(userid) if userid else None
        return member.name if member else userid
