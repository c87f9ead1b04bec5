"""Tells the intent of a message with the linear classifier."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.features import features_of
from nlu.linear import Linear

_RANKED = 10


class LinearIntentClassifier(GraphComponent):
    """Sets `intent` and `intent_ranking`."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults; what they mean tells `nlu.fitting.Taste`."""
        return {"strength": 2.0, "least": 1, "outside": 1.4}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """Keep where to write; `train` or `load` give the model."""
        self._config = {**self.get_default_config(), **config}
        self._storage = storage
        self._resource = resource
        self._model: Linear | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """Return an untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on the examples and write the weights."""
        from nlu.fitting import Taste, fit  # noqa: PLC0415  scikit-learn is not needed for serving

        examples = training_data.intent_examples
        model = fit(
            [features_of(message.get("text")) for message in examples],
            [message.get("intent") for message in examples],
            Taste(**{name: self._config[name] for name in self.get_default_config()}),
        )
        with self._storage.write_to(self._resource) as directory:
            model.save(directory)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: object,
    ) -> LinearIntentClassifier:
        """Return the classifier with its weights."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as directory:
            classifier._model = Linear.read(directory)
        return classifier

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent of each message; one without a single letter has none."""
        for message in messages:
            ranking = self._ranking(message.get("text") or "")
            intent = ranking[0] if ranking else {"name": None, "confidence": 0.0}
            message.set("intent", intent, add_to_output=True)
            message.set("intent_ranking", ranking[:_RANKED], add_to_output=True)
        return messages

    def _ranking(self, text: str) -> list[dict[str, Any]]:
        counted = features_of(text)
        if self._model is None or not text.strip() or not counted:
            return []
        chances = self._model.chances(counted)
        pairs = zip(self._model.labels, chances, strict=True)
        ranked = sorted(pairs, key=lambda pair: -pair[1])
        return [{"name": name, "confidence": chance} for name, chance in ranked]
