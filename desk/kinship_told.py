"""What members of staff hear about who is who."""

from desk.conversations.commands import Tell
from desk.customers.events import (
    CustomersKeptApart,
    CustomersMerged,
    CustomerSplit,
    MergeRefused,
    MergingAllowed,
    NameAccepted,
    NoOpenSuggestion,
    NotMerged,
    OnePersonAlready,
)
from desk.kernel.messages import Phrase, Say, phrase

Told = tuple[Tell, ...]


def merged(event: CustomersMerged) -> Told:
    """Whoever merged hears that it can be undone; nobody is told of what evidence did."""
    return _tell(event.merge.by, phrase("customer.merged"))


def split(event: CustomerSplit) -> Told:
    """Whoever split hears what was undone."""
    return _tell(event.merge.undone_by, phrase("customer.split", at=event.merge.at))


def kept_apart(event: CustomersKeptApart) -> Told:
    """Whoever keeps apart hears what follows from it."""
    return _tell(event.apart.by, phrase("customer.kept_apart"))


def allowed(event: MergingAllowed) -> Told:
    """Whoever takes it back hears that they may be merged now."""
    return _tell(event.by, Phrase("customer.allowed" if event.pairs else "customer.not_apart"))


def accepted(event: NameAccepted) -> Told:
    """Whoever accepted hears that the account is the customer's."""
    return _tell(event.by, phrase("customer.name_accepted"))


def merge_refused(event: MergeRefused) -> Told:
    """Whoever wanted to merge hears since when they are kept apart."""
    said = phrase("customer.merge_refused", at=event.apart.at)
    return _tell(event.by, said)


def one_already(event: OnePersonAlready) -> Told:
    """There is nothing to merge, or first something to split."""
    key = "customer.split_first" if event.kept_apart else "customer.one_already"
    return _tell(event.by, Phrase(key))


def not_merged(event: NotMerged) -> Told:
    """There is nothing to split."""
    return _tell(event.by, phrase("customer.not_merged"))


def no_suggestion(event: NoOpenSuggestion) -> Told:
    """The number is wrong, or a colleague was faster."""
    return _tell(event.by, phrase("customer.no_suggestion", number=event.number))


def _tell(by: str, said: Phrase) -> Told:
    return (Tell(Say(said), to=(by,)),) if by else ()
