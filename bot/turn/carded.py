"""Numbers of bank cards: the customer is asked to send none, and nothing is done with them."""

from dataclasses import replace

from desk.commands import Outcome
from desk.kernel.messages import Say, phrase
from desk.kernel.private import is_card_number, without_cards
from desk.turns import Turn


def card_taken_out(turn: Turn) -> Turn:
    """The turn without the numbers of cards: none is an order's, none is kept or passed on."""
    slots = {
        name: without_cards(word) for name, word in turn.slots.items() if not is_card_number(word)
    }
    if slots == turn.slots and without_cards(turn.text) == turn.text:
        return turn
    text, heard = without_cards(turn.text), without_cards(turn.heard)
    return replace(turn, slots=slots, text=text, heard=heard)


def asked_for_no_card(outcome: Outcome) -> Outcome:
    """The outcome, with a kind word before it that card numbers do not belong in a chat."""
    return replace(outcome, say=(Say(phrase("verify.card")), *outcome.say))
