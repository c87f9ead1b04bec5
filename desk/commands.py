"""Everything that may be done, in one closed list, and what a handler gives back."""

from dataclasses import dataclass

from desk.aliases.commands import ForgetAlias, LearnPick, TeachAlias, UnlearnPick
from desk.assignment.commands import AssignmentCommand
from desk.conversations.commands import (
    Ask,
    AskIn,
    CloseCard,
    Drop,
    EraseMessage,
    Greet,
    HandOver,
    KeepOpen,
    ListLetters,
    NoteAnger,
    NoteAnswer,
    NoteMissing,
    NoteSession,
    NotUnderstood,
    PromisePerson,
    Redeliver,
    Remember,
    SayTo,
    SetAside,
    ShowList,
    TakeUp,
    TalkOf,
    Tell,
)
from desk.coupons.commands import GrantCoupon, SettleGrant
from desk.customers.commands import CustomerCommand
from desk.kernel.messages import Reply
from desk.leaders.commands import LeaderCommand
from desk.ratings.commands import AskOfTicket, AskRating, RateService, RateTicket
from desk.reviews.commands import (
    AcceptReading,
    AnswerFromReview,
    CorrectReading,
    KeepForReview,
    PutOffReview,
)
from desk.routing.commands import RoutingCommand
from desk.rules.commands import Notice
from desk.sync.commands import NoteConsult
from desk.templates.commands import TemplateCommand
from desk.tickets.commands import TicketCommand
from desk.wishes.commands import NoteWish, WithdrawWishes

Command = (
    AcceptReading
    | AnswerFromReview
    | Ask
    | AskIn
    | AskOfTicket
    | AskRating
    | AssignmentCommand
    | CloseCard
    | CorrectReading
    | CustomerCommand
    | Drop
    | EraseMessage
    | ForgetAlias
    | GrantCoupon
    | Greet
    | HandOver
    | KeepForReview
    | KeepOpen
    | LeaderCommand
    | LearnPick
    | ListLetters
    | NoteAnger
    | NoteAnswer
    | NoteConsult
    | NoteMissing
    | NoteSession
    | NoteWish
    | Notice
    | NotUnderstood
    | PromisePerson
    | PutOffReview
    | RateService
    | RateTicket
    | Redeliver
    | Remember
    | RoutingCommand
    | SayTo
    | SetAside
    | ShowList
    | SettleGrant
    | TakeUp
    | TalkOf
    | TeachAlias
    | Tell
    | TemplateCommand
    | TicketCommand
    | UnlearnPick
    | WithdrawWishes
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to say and what to do. Nothing has happened yet.

    `say` goes to the person of this turn's conversation, in order.
    """

    say: tuple[Reply, ...] = ()
    do: tuple[Command, ...] = ()
