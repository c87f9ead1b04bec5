"""What happened about customers."""

from dataclasses import dataclass

from desk.customers.commands import LinkName
from desk.customers.kinship import Apart, Merge
from desk.customers.model import Name
from desk.customers.suggestions import Suggestion
from desk.kernel.ids import ConversationId, CustomerId


@dataclass(frozen=True, slots=True)
class CustomerLinked:
    """A name is held to be a customer's from now on."""

    asked: LinkName


@dataclass(frozen=True, slots=True)
class LinkRefused:
    """The name is somebody's whom staff keep apart from this customer.

    `conversation` is where the customer hears of it, None where they do not.
    """

    asked: LinkName
    conversation: ConversationId | None


@dataclass(frozen=True, slots=True)
class SuggestionMade:
    """Somebody may be somebody; staff are asked when they look."""

    suggestion: Suggestion


@dataclass(frozen=True, slots=True)
class CustomersMerged:
    """Two persons are one from now on."""

    merge: Merge


@dataclass(frozen=True, slots=True)
class CustomerSplit:
    """A merge was undone."""

    merge: Merge


@dataclass(frozen=True, slots=True)
class CustomersKeptApart:
    """Two customers will not be merged."""

    apart: Apart


@dataclass(frozen=True, slots=True)
class MergingAllowed:
    """`pairs` that were kept apart are not any more; 0, there were none."""

    one: CustomerId
    other: CustomerId
    pairs: int
    by: str


@dataclass(frozen=True, slots=True)
class NameAccepted:
    """A suggested name is the customer's now."""

    customer: CustomerId
    name: Name
    by: str


@dataclass(frozen=True, slots=True)
class MergeRefused:
    """Staff keep apart two who would become one person; `by` wanted to merge them."""

    apart: Apart
    by: str


@dataclass(frozen=True, slots=True)
class OnePersonAlready:
    """They are one person; so there is nothing to merge, and they cannot be kept apart.

    `kept_apart`: that is what `by` wanted.
    """

    by: str
    kept_apart: bool = False


@dataclass(frozen=True, slots=True)
class NotMerged:
    """There is no merge to undo."""

    by: str


@dataclass(frozen=True, slots=True)
class NoOpenSuggestion:
    """There is none of this number that waits for an answer."""

    number: int
    by: str


CustomerEvent = (
    CustomerLinked
    | CustomerSplit
    | CustomersKeptApart
    | CustomersMerged
    | LinkRefused
    | MergeRefused
    | MergingAllowed
    | NameAccepted
    | NoOpenSuggestion
    | NotMerged
    | OnePersonAlready
    | SuggestionMade
)
