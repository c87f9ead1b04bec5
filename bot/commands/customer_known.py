"""What /customer tells of who somebody is: names with evidence, purchases, who else they may be."""

from uuid import UUID

from bot.commands.base import Call
from bot.commands.find import shop_name, staff_name
from desk.customers.model import EXTERNAL_USERID, Customer, Evidence, Identity, Link, named_buyer
from desk.customers.suggestions import CUSTOMER, Suggestion
from desk.customers.timeline import Purchases
from desk.front import Desk
from desk.kernel.ids import CustomerId
from desk.kernel.messages import Phrase, phrase
from desk.tickets.cards import called

_SHOWN = 5


def evidence_of(evidence: Evidence, by: str, desk: Desk) -> Phrase:
    """Why something is believed, and who said so where somebody did."""
    if by and evidence is Evidence.STAFF:
        return phrase("customer.evidence.staff_named", name=staff_name(by, desk))
    return Phrase(f"customer.evidence.{evidence}")


def known_of(customer: Customer, call: Call, desk: Desk) -> tuple[Phrase, ...]:
    """Buyers, other names, and the orders that are open in a chat."""
    links = [_link(each, desk) for each in customer.links]
    names = [line for each in customer.names if (line := _name(each, customer, desk))]
    proven = [
        phrase(
            "cmd.customer.proven",
            shop=shop_name(each.shop, desk),
            number=each.order_no,
            until=each.until,
        )
        for each in customer.proven_orders[:_SHOWN]
        if call.now < each.until
    ]
    return (*links, *names, *proven)


def _link(link: Link, desk: Desk) -> Phrase:
    return phrase(
        "cmd.customer.link",
        shop=shop_name(link.buyer.shop, desk),
        evidence=evidence_of(link.evidence, link.by, desk),
        at=link.linked_at,
    )


def _name(identity: Identity, customer: Customer, desk: Desk) -> Phrase | None:
    """Another account of theirs, or an id of WeChat's; their own account stands above."""
    namespace, value = identity.name.namespace, identity.name.value
    if namespace == EXTERNAL_USERID:
        if value == customer.external_userid:
            return None
        return phrase("cmd.customer.other_account", id=value, at=identity.linked_at)
    evidence = evidence_of(identity.evidence, identity.by, desk)
    return phrase("cmd.customer.name", name=namespace, evidence=evidence, at=identity.linked_at)


async def purchases_of(customer: Customer, desk: Desk) -> tuple[Phrase, ...]:
    """How often the person bought and sent back in each shop, and what they paid in all."""
    found = await desk.timeline.purchases(customer.id)
    if not found:
        return ()
    lines = tuple(_purchases(each, desk) for each in found)
    return (phrase("cmd.customer.purchases"), *lines)


def _purchases(bought: Purchases, desk: Desk) -> Phrase:
    return phrase(
        "cmd.customer.bought",
        shop=shop_name(bought.shop, desk),
        bought=bought.bought,
        returned=bought.returned,
        paid=bought.paid,
    )


async def suggested(customer: Customer, desk: Desk) -> tuple[Phrase, ...]:
    """Who else they may be, each with the number by which staff answer."""
    noted = await desk.customers.suggestions(customer.id, _SHOWN)
    found = [each for each in noted if not _is_settled(each, customer)]
    if not found:
        return ()
    lines = [await _suggestion(each, customer, desk) for each in found]
    head, foot = phrase("cmd.customer.suggestions"), phrase("cmd.customer.suggestions_how")
    return (head, *lines, foot)


def _is_settled(suggestion: Suggestion, customer: Customer) -> bool:
    """Both sides have become this person meanwhile, by other evidence."""
    if not customer.is_person_of(suggestion.customer):
        return False
    if suggestion.like.namespace == CUSTOMER:
        return customer.is_person_of(CustomerId(UUID(suggestion.like.value)))
    return named_buyer(suggestion.like) in customer.buyers


async def _suggestion(suggestion: Suggestion, customer: Customer, desk: Desk) -> Phrase:
    about = phrase("cmd.customer.about", number=suggestion.about) if suggestion.about else ""
    return phrase(
        "cmd.customer.suggestion",
        number=suggestion.number,
        like=await _like(suggestion, customer, desk),
        evidence=evidence_of(suggestion.evidence, "", desk),
        about=about,
        at=suggestion.at,
    )


async def _like(suggestion: Suggestion, customer: Customer, desk: Desk) -> Phrase:
    """The other side of a suggestion, as seen from this customer."""
    other = await _other(suggestion, customer, desk)
    if other is not None and other.external_userid:
        name = called(other.nickname)
        return phrase("cmd.customer.like_customer", name=name, id=other.external_userid)
    buyer = named_buyer(suggestion.like)
    shop = shop_name(buyer.shop, desk) if buyer else ""
    return phrase("cmd.customer.like_buyer", shop=shop)


async def _other(suggestion: Suggestion, customer: Customer, desk: Desk) -> Customer | None:
    if not customer.is_person_of(suggestion.customer):
        return await desk.customers.get(suggestion.customer)
    if suggestion.like.namespace == CUSTOMER:
        return await desk.customers.get(CustomerId(UUID(suggestion.like.value)))
    buyer = named_buyer(suggestion.like)
    return await desk.customers.by_buyer(buyer.shop, buyer.buyer) if buyer else None
