"""Every phrase that the code says is in the book."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from bot.phrases import PHRASES, load_phrases
from desk.coupons.model import GrantState
from desk.customers.model import Evidence
from desk.kernel.roles import Role
from desk.phrases.book import PhraseBook
from desk.ratings.model import BAD, FAIR, GOOD
from desk.reviews.intents import INTENTS
from desk.reviews.model import ReviewKind, ReviewState
from desk.shops.answers import Why
from desk.shops.port import OrderStatus, ParcelStatus, RefundStatus
from desk.tickets.kin.events import Unmerged
from desk.tickets.model import Priority, TicketKind, TicketState
from desk.tickets.promises import SKILL_FOR
from desk.tickets.relations import How
from desk.tickets.steps.events import Blocked

REVIEWED = (ReviewState.ACCEPTED, ReviewState.CORRECTED)
ROOT = PHRASES.parent.parent.parent
SAYING = ("Phrase", "phrase")
KEY = re.compile(r"[a-z_]+(\.[a-z_0-9]+)+")
BOOK = PhraseBook(load_phrases())


def said_in(path: Path) -> Iterator[str]:
    """The keys that a file says, both sides of an `a if b else c` included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and _says(node.func):
            yield from _literals(node.args[0])


def _says(called: ast.expr) -> bool:
    return isinstance(called, ast.Name) and called.id in SAYING


def _literals(node: ast.expr) -> Iterator[str]:
    for each in ast.walk(node):
        text = each.value if isinstance(each, ast.Constant) else None
        if isinstance(text, str) and KEY.fullmatch(text):
            yield text


@pytest.mark.parametrize("package", ["desk", "bot", "actions"])
def test_every_key_said_in_code_has_a_text(package: str) -> None:
    keys = [key for path in (ROOT / package).rglob("*.py") for key in said_in(path)]
    assert keys
    assert BOOK.check(keys) == ()


FAMILIES: list[tuple[str, type[StrEnum]]] = [
    ("review.kind", ReviewKind),
    ("ticket.kind", TicketKind),
    ("ticket.priority", Priority),
    ("ticket.next", Priority),
    ("ticket.state", TicketState),
    ("ticket.link", How),
    ("ticket.linked", How),
    ("ticket.unmerged", Unmerged),
    ("step.blocked", Blocked),
    ("cmd.ticket.next", TicketState),
    ("coupon.state", GrantState),
    ("customer.evidence", Evidence),
    ("shop.why", Why),
    ("order.status", OrderStatus),
    ("refund.status", RefundStatus),
    ("parcel.status", ParcelStatus),
]


@pytest.mark.parametrize(("family", "values"), FAMILIES, ids=str)
def test_every_value_of_a_family_has_a_text(family: str, values: type[StrEnum]) -> None:
    assert BOOK.check(f"{family}.{value}" for value in values) == ()


def test_intents_scores_and_what_becomes_of_reviews_have_texts() -> None:
    intents = [f"intent.menu.{each}" for each in INTENTS]
    scores = [f"rating.choice.{each}" for each in (GOOD, FAIR, BAD)]
    ends = [f"{name}.{end}" for name in ("review", "review.card") for end in REVIEWED]
    assert BOOK.check([*intents, *scores, *ends]) == ()


def test_roles_history_and_letters_have_texts() -> None:
    roles = [f"role.{role.name.lower()}" for role in Role]
    happened = (
        *("opened", "joined", "taken", "solved", "noted", "order_named", "closed", "step"),
        *("tagged", "untagged", "watched", "unwatched", "routed", "route_refused"),
        *("merged", "merged_in", "unlinked", "linked_effect", *(f"linked_{each}" for each in How)),
        *(f"lowered_{each}" for each in (Priority.HIGH, Priority.NORMAL)),
    )
    history = (*happened, *(f"raised_{each}" for each in (Priority.URGENT, Priority.HIGH)))
    letters = ("inbox", "outbox")
    skills = {*SKILL_FOR.values(), "coupon"}
    assert (
        BOOK.check(
            [
                *roles,
                *(f"skill.{each}" for each in skills),
                *(f"ticket.history.{each}" for each in history),
                *(f"redeliver.kind.{each}" for each in letters),
            ]
        )
        == ()
    )


TIME = r"\{(?:at|due|created)\}"


def test_times_stand_without_a_space_before_and_with_one_after() -> None:
    wrong = re.compile(rf"[\u4e00-\u9fff，。：；] {TIME}|{TIME}[\u4e00-\u9fff]")
    assert [key for key, text in load_phrases().items() if wrong.search(text)] == []


def test_a_command_to_copy_is_not_followed_by_a_full_stop() -> None:
    wrong = re.compile(r"/工单 \w+ (?:\{number\}|号码)(?: 内容)?[，。；]")
    assert [key for key, text in load_phrases().items() if wrong.search(text)] == []
