"""Loads a trained Rasa model for parsing, without what parsing never needs.

A stock server deserialises the training graph too and appends a handler that lets a message such
as `/stock_check` name its own intent. Both are left out: the first costs 4 s and 500 MB of
TensorFlow, the second would let customers forge what was understood.
"""

import json
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

_FORGERY = "run_RegexMessageHandler"


class Model:
    """A loaded model."""

    def __init__(self, archive: Path) -> None:
        """Unpack and load `archive`; raises FileNotFoundError when there is none."""
        self.archive = archive
        self._folder = tempfile.TemporaryDirectory(prefix="zhanggui-nlu-")
        folder = Path(self._folder.name)
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
        self.id: str = metadata["model_id"]
        self.trained_at: str = metadata["trained_at"]
        self.fingerprint = archive.name.removesuffix(".tar.gz")
        nodes = metadata["predict_schema"]["nodes"]
        self._target: str = metadata["nlu_target"]
        if self._target == _FORGERY:
            self._target = nodes.pop(_FORGERY)["needs"]["messages"]
        schema = GraphSchema.from_dict({"nodes": nodes})
        self._runner = DaskGraphRunner.create(
            schema,
            LocalModelStorage.create(folder / "components"),
            ExecutionContext(graph_schema=schema, model_id=self.id),
        )

    def parse(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """Return Rasa's answer for each text, all in one run of the graph."""
        messages = [UserMessage(text, sender_id="nlu") for text in texts]
        results = self._runner.run(inputs={"__message__": messages}, targets=[self._target])
        return [
            _answer(message.as_dict(only_output_properties=True))
            for message in results[self._target]
        ]


def _answer(parsed: dict[str, Any]) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "text": "",
        "intent": {"name": None, "confidence": 0.0},
        "entities": [],
        "intent_ranking": [],
    }
    return {**empty, **parsed}
