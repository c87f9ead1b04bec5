"""Finds the numbers whose form alone tells what they are: orders, parcels, telephones."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from nlu.numbers import find_numbers


class NumberExtractor(GraphComponent):
    """Adds `order_id`, `tracking_no` and `phone` entities."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NumberExtractor:
        """Return the extractor; it has nothing to configure."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities to each message, before those of later extractors."""
        for message in messages:
            text = message.get("text") or ""
            found = [
                {
                    "entity": number.entity,
                    "start": number.start,
                    "end": number.end,
                    "value": number.value,
                    "confidence_entity": 1.0,
                    "extractor": "NumberExtractor",
                }
                for number in find_numbers(text)
            ]
            if found:
                known = message.get("entities", [])
                message.set("entities", known + found, add_to_output=True)
        return messages
