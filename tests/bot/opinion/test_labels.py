"""The model is told of the labels that everybody else knows, and of no others."""

from actions import ALL
from bot.opinion.labels import INTENTS, KINDS
from bot.opinion.second import ACTED_ON
from desk.reviews.intents import INTENTS as LABELS


def test_the_model_knows_the_36_labels() -> None:
    assert set(INTENTS) == set(LABELS)
    assert set(INTENTS) <= {action.intent for action in ALL}
    assert set(INTENTS) > ACTED_ON


def test_numbers_of_people_and_orders_are_no_kind_of_entity_for_it() -> None:
    assert {"order_id", "tracking_no", "phone"}.isdisjoint(KINDS)
