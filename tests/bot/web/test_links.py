"""Who has the address of a ticket's page may look; nobody can make one up."""

import random
import string
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.links import TicketLinks
from desk.kernel.ids import TicketId, derived
from desk.kernel.messages import TicketLink

LINKS = TicketLinks(b"a key of this test", "https://desk.example")
LINK = TicketLink(TicketId(derived("ticket")), 0)
TOKEN = LINKS.token(LINK)


@given(ticket=st.uuids(), version=st.integers(0, 2**32 - 1))
def test_what_is_written_is_read_again(ticket: UUID, version: int) -> None:
    link = TicketLink(TicketId(ticket), version)
    assert LINKS.read(LINKS.token(link)) == link


def test_a_ticket_has_the_same_address_however_often_it_is_said() -> None:
    again = TicketLinks(b"a key of this test", "https://desk.example")
    assert again.address(LINK) == LINKS.address(LINK) == f"https://desk.example/t/{TOKEN}"


def test_an_address_fits_into_a_chat_and_tells_nothing_about_the_ticket() -> None:
    assert len(f"/t/{TOKEN}".encode()) < 120
    assert set(TOKEN) <= {*string.ascii_letters, *string.digits, *"-_."}


def test_without_a_public_address_there_is_no_address_but_old_ones_are_read() -> None:
    closed = TicketLinks(b"a key of this test", "")
    assert closed.address(LINK) == ""
    assert closed.read(TOKEN) == LINK


@pytest.mark.parametrize("place", range(len(TOKEN)))
def test_one_changed_letter_is_enough_to_be_refused(place: int) -> None:
    for letter in "Aa0-_.!":
        changed = TOKEN[:place] + letter + TOKEN[place + 1 :]
        assert changed == TOKEN or LINKS.read(changed) is None


def test_what_is_cut_short_or_made_longer_is_refused() -> None:
    assert [end for end in range(len(TOKEN)) if LINKS.read(TOKEN[:end])] == []
    longer = ("=", "==", "!", " ", "\n", "A", ".", f".{TOKEN}", "\x00", "é", "\ud800")
    assert [each for each in longer if LINKS.read(TOKEN + each) or LINKS.read(each + TOKEN)] == []


def test_another_key_opens_nothing() -> None:
    other = TicketLinks(b"another key", "https://desk.example")
    assert other.read(TOKEN) is None
    assert LINKS.read(other.token(LINK)) is None


def test_the_version_is_signed_with_the_ticket() -> None:
    newer = LINKS.token(replace(LINK, version=1))
    payload, _ = newer.split(".")
    _, signature = TOKEN.split(".")
    assert LINKS.read(f"{payload}.{signature}") is None


def test_random_tokens_are_refused_and_break_nothing() -> None:
    made_up = random.Random(20261121)
    letters = string.printable + "中é\ud800"
    for _ in range(10_000):
        token = "".join(made_up.choices(letters, k=made_up.randrange(90)))
        assert LINKS.read(token) is None
        like = "".join(made_up.choices(string.ascii_letters + string.digits + "-_", k=71))
        assert LINKS.read(f"{like[:27]}.{like[28:]}") is None
    assert LINKS.read("." * 1_000_000) is None
