"""What follows from what happened: a table from events to further commands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from desk import kinship_told as customers
from desk.assignment import wording as assignment
from desk.assignment.events import (
    AssignmentHappening,
    NobodyFound,
    NotThere,
    NotYours,
    OfferEnded,
    OfferHurried,
    OwnerGone,
    PresenceChanged,
    StaffDismissed,
    StruckOut,
    SurgeSwitched,
    TicketGiven,
    TicketOffered,
    TicketReturned,
)
from desk.commands import Command
from desk.conversations.commands import SayTo
from desk.conversations.events import (
    LETTER_SHOWN,
    ConversationEvent,
    LettersListed,
    NoSuchLetter,
    Redelivered,
)
from desk.coupons import wording as coupons
from desk.coupons.events import CouponAlreadyHeld, CouponEvent, CouponIssued, CouponRefused
from desk.customers.events import (
    CustomerEvent,
    CustomersKeptApart,
    CustomersMerged,
    CustomerSplit,
    LinkRefused,
    MergeRefused,
    MergingAllowed,
    NameAccepted,
    NoOpenSuggestion,
    NotMerged,
    OnePersonAlready,
)
from desk.handover import HandedOver
from desk.handover_card import handed_over
from desk.kernel.messages import Phrase, Say, phrase
from desk.leaders import wording as leaders
from desk.leaders.events import LeaderEvent, LeaderMarked, LeaderUnmarked, NoLeader
from desk.rated import RatedLow, rated_low
from desk.reviews import wording as reviews
from desk.reviews.events import (
    NoSuchReview,
    ReviewAnswered,
    ReviewAnsweredBefore,
    ReviewEvent,
    ReviewPutOff,
    ReviewSettled,
    ReviewSettledBefore,
)
from desk.routing import wording as routing
from desk.routing.events import AboveCalled, RoutingEvent, StoreLearnt
from desk.rules.commands import Noticed
from desk.templates import wording as templates
from desk.templates.events import NotPutBack, TemplateHappening, TemplatesPlaced
from desk.ticket_rated import TicketRatingAsked, ask_how_it_was, rating_asked
from desk.tickets import wording as tickets
from desk.tickets.again import again
from desk.tickets.closing import wording as closing
from desk.tickets.closing.events import CloseRefused, NotSolvedAfterAll, TicketClosed
from desk.tickets.commands import OpenTicket
from desk.tickets.events import (
    FinishRefused,
    LinkRevoked,
    MoveRefused,
    NoSuchTicket,
    TakeRefused,
    TicketAcknowledged,
    TicketFinished,
    TicketGoesOn,
    TicketHappening,
    TicketJoined,
    TicketNoted,
    TicketOpened,
    TicketRaised,
    TicketReopened,
    TicketTaken,
    TicketWaits,
)
from desk.tickets.filling import wording as filling
from desk.tickets.filling.events import FieldAsked, FieldsKept, FieldsSet
from desk.tickets.kin import wording as kin
from desk.tickets.kin.events import (
    CauseSolved,
    LinkedToItself,
    TicketLinked,
    TicketMerged,
    TicketNotMerged,
    TicketUnlinked,
)
from desk.tickets.model import Priority, TicketKind
from desk.tickets.sorting import wording as sorting
from desk.tickets.sorting.events import (
    RouteRefused,
    TicketPrioritised,
    TicketRouted,
    TicketTagged,
    TicketWatched,
)
from desk.tickets.steps import wording as steps
from desk.tickets.steps.events import StepRefused, TicketStepped

Event = (
    AssignmentHappening
    | ConversationEvent
    | CouponEvent
    | CustomerEvent
    | HandedOver
    | LeaderEvent
    | RoutingEvent
    | Noticed
    | RatedLow
    | ReviewEvent
    | TemplateHappening
    | TicketHappening
    | TicketRatingAsked
)
E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Reaction:
    """One line of the table: what follows from events of a kind, () from any other."""

    kind: type[object]
    to: Callable[[object], tuple[Command, ...]]


def react(event: Event) -> tuple[Command, ...]:
    """Look up what follows."""
    return tuple(command for reaction in REACTIONS for command in reaction.to(event))


def _on(kind: type[E], then: Callable[[E], tuple[Command, ...]]) -> Reaction:
    return Reaction(kind, lambda event: then(event) if isinstance(event, kind) else ())


def _link_refused(event: LinkRefused) -> tuple[Command, ...]:
    """The customer hears why they have to wait; a person finds out who they are."""
    if event.conversation is None:
        return ()
    asked = event.asked
    return (
        SayTo(event.conversation, Say(phrase("customer.link_refused"))),
        OpenTicket(
            kind=TicketKind.OTHER,
            priority=Priority.HIGH,
            summary="客户的店铺账号在另一位顾客名下，同事标记过两位不是同一人，请核实身份后再告知订单信息",
            customer=asked.customer,
            conversation=event.conversation,
        ),
    )


def _redelivered(event: Redelivered) -> tuple[Command, ...]:
    return (SayTo(event.asked_in, Say(phrase("redeliver.back", letter=event.letter))),)


def _no_such_letter(event: NoSuchLetter) -> tuple[Command, ...]:
    return (SayTo(event.asked_in, Say(phrase("redeliver.unknown", letter=event.letter))),)


def _letters_listed(event: LettersListed) -> tuple[Command, ...]:
    lines = tuple(
        phrase(
            "redeliver.line",
            letter=letter.id[-LETTER_SHOWN:],
            what=Phrase(f"redeliver.kind.{letter.kind}"),
            at=letter.since,
            error=letter.error,
        )
        for letter in event.letters
    )
    said = phrase("redeliver.list", letters=lines) if lines else phrase("redeliver.none")
    return (SayTo(event.asked_in, Say(said)),)


REACTIONS: tuple[Reaction, ...] = (
    _on(AboveCalled, routing.called),
    _on(StoreLearnt, routing.learnt),
    _on(LeaderMarked, leaders.marked),
    _on(LeaderUnmarked, leaders.unmarked),
    _on(NoLeader, leaders.no_leader),
    _on(NobodyFound, assignment.nobody),
    _on(NotThere, assignment.not_there),
    _on(NotYours, assignment.not_yours),
    _on(OfferEnded, assignment.ended),
    _on(OfferHurried, assignment.hurried),
    _on(OwnerGone, assignment.owner_gone),
    _on(PresenceChanged, assignment.presence),
    _on(StaffDismissed, assignment.dismissed),
    _on(StruckOut, assignment.struck_out),
    _on(SurgeSwitched, assignment.surge),
    _on(TicketGiven, assignment.given),
    _on(TicketOffered, assignment.offered),
    _on(TicketReturned, assignment.returned),
    _on(CouponAlreadyHeld, coupons.already_held),
    _on(CouponAlreadyHeld, coupons.giver_hears_held),
    _on(CouponIssued, coupons.issued),
    _on(CouponIssued, coupons.giver_hears_issued),
    _on(CouponRefused, coupons.giver_hears_refused),
    _on(CustomerSplit, customers.split),
    _on(CustomersKeptApart, customers.kept_apart),
    _on(CustomersMerged, customers.merged),
    _on(FieldAsked, filling.field_asked),
    _on(FieldsKept, filling.fields_kept),
    _on(FieldsSet, filling.fields_set),
    _on(FieldsSet, routing.more_known),
    _on(FinishRefused, tickets.finish_refused),
    _on(HandedOver, handed_over),
    _on(LettersListed, _letters_listed),
    _on(LinkRefused, _link_refused),
    _on(LinkRevoked, tickets.link_revoked),
    _on(MergeRefused, customers.merge_refused),
    _on(MergingAllowed, customers.allowed),
    _on(MoveRefused, tickets.move_refused),
    _on(NameAccepted, customers.accepted),
    _on(NoOpenSuggestion, customers.no_suggestion),
    _on(NoSuchLetter, _no_such_letter),
    _on(NoSuchTicket, tickets.no_such),
    _on(NoSuchReview, reviews.no_such),
    _on(NotMerged, customers.not_merged),
    _on(NotPutBack, templates.not_put_back),
    _on(OnePersonAlready, customers.one_already),
    _on(RatedLow, rated_low),
    _on(Redelivered, _redelivered),
    _on(ReviewAnswered, reviews.answered),
    _on(ReviewAnsweredBefore, reviews.answered_before),
    _on(ReviewPutOff, reviews.put_off),
    _on(ReviewSettled, reviews.settled),
    _on(ReviewSettledBefore, reviews.settled_before),
    _on(TakeRefused, tickets.take_refused),
    _on(TemplatesPlaced, templates.placed),
    _on(TicketAcknowledged, tickets.acknowledged),
    _on(TicketFinished, tickets.finished),
    _on(TicketFinished, ask_how_it_was),
    _on(TicketFinished, assignment.finished),
    _on(TicketGoesOn, tickets.goes_on),
    _on(TicketJoined, tickets.joined),
    _on(TicketJoined, routing.more_known),
    _on(TicketNoted, tickets.noted),
    _on(TicketOpened, tickets.opened),
    _on(TicketOpened, assignment.opened),
    _on(TicketOpened, routing.opened),
    _on(TicketRaised, tickets.raised),
    _on(TicketRatingAsked, rating_asked),
    _on(TicketRaised, assignment.raised),
    _on(TicketRaised, routing.opened),
    _on(TicketReopened, tickets.reopened),
    _on(TicketReopened, assignment.reopened),
    _on(RouteRefused, sorting.route_refused),
    _on(TicketPrioritised, sorting.prioritised),
    _on(TicketPrioritised, assignment.prioritised),
    _on(TicketPrioritised, routing.opened),
    _on(TicketRouted, sorting.routed),
    _on(TicketRouted, assignment.routed),
    _on(CloseRefused, closing.refused),
    _on(CauseSolved, kin.cause_solved),
    _on(LinkedToItself, kin.to_itself),
    _on(StepRefused, steps.refused),
    _on(TicketLinked, kin.linked),
    _on(TicketMerged, kin.merged),
    _on(TicketMerged, assignment.merged),
    _on(TicketNotMerged, kin.not_merged),
    _on(TicketUnlinked, kin.unlinked),
    _on(TicketClosed, closing.closed),
    _on(NotSolvedAfterAll, again),
    _on(TicketClosed, assignment.closed),
    _on(TicketStepped, steps.stepped),
    _on(TicketTagged, sorting.tagged),
    _on(TicketWatched, sorting.watched),
    _on(TicketTaken, tickets.taken),
    _on(TicketTaken, assignment.taken),
    _on(TicketTaken, routing.taken),
    _on(TicketWaits, tickets.waits),
    _on(TicketWaits, assignment.waits),
)
