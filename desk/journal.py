"""The desk's log: what happened, in names and numbers only, never in the customer's words."""

import logging

from desk.assignment.events import AssignmentHappening, OwnerSought, StaffDismissed, StruckOut
from desk.coupons.events import CouponRefused
from desk.customers.events import (
    CustomerEvent,
    CustomerLinked,
    CustomersKeptApart,
    CustomersMerged,
    CustomerSplit,
    LinkRefused,
    MergeRefused,
    MergingAllowed,
    SuggestionMade,
)
from desk.handover import HandedOver
from desk.rated import RatedLow
from desk.reactions import Event
from desk.reviews.events import ReviewSettled
from desk.templates.events import TemplatesPlaced
from desk.tickets.closing.events import TicketClosed
from desk.tickets.events import (
    TicketAcknowledged,
    TicketFinished,
    TicketOpened,
    TicketRaised,
    TicketReopened,
    TicketTaken,
)
from desk.tickets.kin.events import TicketMerged
from desk.tickets.steps.events import TicketStepped

log = logging.getLogger("desk")


def write(event: Event) -> None:
    """Log what staff or operators may have to look into later; other events leave no line."""
    match event:
        case CouponRefused(grant, _, reason):
            fields = {"grant": str(grant.id), "policy": grant.policy, "reason": reason}
            log.warning("coupon.refused", extra=fields)
        case HandedOver(_, asked):
            fields = {"conversation": str(asked.conversation), "skill": asked.skill}
            log.info("conversation.handed_over", extra=fields)
        case RatedLow(rating):
            fields = {"conversation": str(rating.conversation), "score": str(rating.score)}
            log.info("service.rated_low", extra=fields)
        case ReviewSettled(review, by):
            fields = {"number": str(review.number), "state": review.state.value, "by": by}
            log.info("review.settled", extra=fields)
        case TemplatesPlaced(placed, by):
            names = " ".join(f"{each.template.id}@{each.template.version}" for each in placed)
            log.info("templates.placed", extra={"templates": names, "by": by})
        case _ if isinstance(event, CustomerEvent):
            _of_customers(event)
        case _ if isinstance(event, AssignmentHappening):
            _of_assignment(event)
        case _:
            _of_tickets(event)


def _of_customers(event: CustomerEvent) -> None:
    match event:
        case LinkRefused(asked):
            fields = {"customer": str(asked.customer), "namespace": asked.name.namespace}
            log.warning("customer.link_refused", extra=fields)
        case CustomerLinked(asked):
            fields = {"customer": str(asked.customer), "namespace": asked.name.namespace}
            log.info("customer.linked", extra=fields)
        case SuggestionMade(made):
            fields = {"customer": str(made.customer), "evidence": made.evidence.value}
            log.info("customer.suggested", extra=fields)
        case CustomersMerged(merge):
            fields = {"child": str(merge.child), "parent": str(merge.parent), "by": merge.by}
            log.info("customer.merged", extra=fields)
        case CustomerSplit(merge):
            fields = {"child": str(merge.child), "parent": str(merge.parent)}
            log.info("customer.split", extra={**fields, "by": merge.undone_by})
        case CustomersKeptApart(apart):
            log.info("customer.kept_apart", extra={"one": str(apart.one), "by": apart.by})
        case MergingAllowed(one, other, _, by):
            fields = {"one": str(one), "other": str(other), "by": by}
            log.info("customer.merging_allowed", extra=fields)
        case MergeRefused(apart, by):
            log.info("customer.merge_refused", extra={"one": str(apart.one), "by": by})
        case _:
            return


def _of_assignment(event: AssignmentHappening) -> None:
    match event:
        case OwnerSought(ticket, cause, winner):
            fields = {"number": ticket.number, "cause": cause.value, "winner": winner}
            log.log(logging.INFO if winner else logging.WARNING, "ticket.assigned", extra=fields)
        case StruckOut(userid, _, strikes):
            log.warning("staff.struck_out", extra={"by": userid, "strikes": str(strikes)})
        case StaffDismissed(userid, _, by):
            log.info("staff.dismissed", extra={"who": userid, "by": by})
        case _:
            return


def _of_tickets(event: Event) -> None:
    match event:
        case TicketOpened(ticket):
            log.info("ticket.opened", extra={"number": ticket.number, "kind": ticket.kind.value})
        case TicketRaised(ticket):
            fields = {"number": ticket.number, "priority": ticket.priority.value}
            log.info("ticket.raised", extra=fields)
        case TicketTaken(ticket, by):
            log.info("ticket.taken", extra={"number": ticket.number, "by": by})
        case TicketReopened(ticket, by):
            log.info("ticket.reopened", extra={"number": ticket.number, "by": by})
        case TicketAcknowledged(ticket, by):
            log.info("ticket.acknowledged", extra={"number": ticket.number, "by": by})
        case TicketStepped(ticket, before, by):
            fields = {"number": ticket.number, "from": before.step, "to": ticket.step, "by": by}
            log.info("ticket.stepped", extra=fields)
        case TicketMerged(ticket, _, into, by):
            fields = {"number": ticket.number, "into": into.number, "by": by}
            log.info("ticket.merged", extra=fields)
        case TicketClosed(ticket, _, by):
            log.info("ticket.closed", extra={"number": ticket.number, "by": by})
        case TicketFinished(ticket, _, by):
            log.info("ticket.solved", extra={"number": ticket.number, "by": by})
        case _:
            return
