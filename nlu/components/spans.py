"""Finds the entities that need their surroundings: a conditional random field on characters."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pycrfsuite
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.forgotten import Annotated, complete, enrich, words_of
from nlu.spans import Lexicon, Span, labels_of, observe, spans_of
from nlu.swaps import Swaps

_NUMBERS = frozenset({"order_id", "tracking_no", "phone"})
_OUTSIDE = "out_of_scope"


def _annotated(message: Message) -> Annotated:
    spans = tuple(
        Span(entity["entity"], entity["start"], entity["end"])
        for entity in message.get("entities", [])
        if entity["entity"] not in _NUMBERS
    )
    return Annotated(message.get("text"), spans, message.get("intent") == _OUTSIDE)


class SpanExtractor(GraphComponent):
    """Adds product, size, color, city, store, quantity, platform, date and coupon entities."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults: passes over the examples, variants of each with other words."""
        return {"passes": 12, "variants": 3}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """Keep where to write; `train` or `load` give the model."""
        self._config = {**self.get_default_config(), **config}
        self._storage = storage
        self._resource = resource
        self._lexicon = Lexicon({})
        self._tagger: Any = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpanExtractor:
        """Return an untrained extractor."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the field on the annotated examples and write it."""
        words = {table["name"]: list(table["elements"]) for table in training_data.lookup_tables}
        self._lexicon = Lexicon(words)
        examples = complete([_annotated(message) for message in training_data.nlu_examples])
        swaps = Swaps(enrich(words, words_of(examples)), seed=1)
        trainer = pycrfsuite.Trainer("pa", verbose=False)
        for example in examples:
            for text, spans in self._shown(example, swaps):
                trainer.append(observe(text, self._lexicon), labels_of(text, spans))
        trainer.set_params(
            {"max_iterations": self._config["passes"], "feature.possible_transitions": True}
        )
        with self._storage.write_to(self._resource) as directory:
            trainer.train(str(directory / "field.crfsuite"))
            lexicon = directory / "lexicon.json"
            lexicon.write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def _shown(self, example: Annotated, swaps: Swaps) -> Iterator[tuple[str, Sequence[Span]]]:
        yield example.text, example.spans
        for _ in range(self._config["variants"] if example.spans else 0):
            variant = swaps.of(example.text, example.spans)
            if variant is not None:
                yield variant

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: object,
    ) -> SpanExtractor:
        """Return the extractor with its trained field."""
        extractor = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as directory:
            extractor._read(directory)
        return extractor

    def _read(self, directory: Path) -> None:
        words = json.loads((directory / "lexicon.json").read_text(encoding="utf-8"))
        self._lexicon = Lexicon(words)
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open(str(directory / "field.crfsuite"))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities that do not overlap those already found."""
        for message in messages:
            text = message.get("text") or ""
            if not text.strip():
                continue
            known = message.get("entities", [])
            tags = self._tagger.tag(observe(text, self._lexicon))
            found = [
                {
                    "entity": span.entity,
                    "start": span.start,
                    "end": span.end,
                    "value": text[span.start : span.end],
                    "extractor": "SpanExtractor",
                }
                for span in spans_of(text, tags)
                if all(span.end <= e["start"] or e["end"] <= span.start for e in known)
            ]
            if found:
                merged = sorted(known + found, key=lambda entity: int(entity["start"]))
                message.set("entities", merged, add_to_output=True)
        return messages
