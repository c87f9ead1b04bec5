"""Reads the examples that are trained on and those that are held out, without Rasa."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

_ANNOTATED = re.compile(r"\[([^\[\]]+?)\]\(([^)]*)\)")


@dataclass(frozen=True, slots=True)
class Example:
    """One utterance with what must be understood; entities are (name, value) in order."""

    text: str
    intent: str
    hard: bool
    entities: tuple[tuple[str, str], ...]


def held_out(folder: Path) -> list[Example]:
    """Return the examples of all files; raises FileNotFoundError when there are none."""
    examples = [example for path in sorted(folder.glob("*.yml")) for example in _held(path)]
    if not examples:
        raise FileNotFoundError(f"no examples in {folder}")
    return examples


def _held(path: Path) -> Iterator[Example]:
    for one in yaml.safe_load(path.read_text(encoding="utf-8"))["examples"]:
        pairs = tuple((str(e["entity"]), str(e["value"])) for e in one.get("entities") or ())
        yield Example(str(one["text"]), one["intent"], bool(one.get("hard")), pairs)


def learnt(folder: Path) -> list[Example]:
    """Return the annotated examples that the model is trained on."""
    return [example for path in sorted(folder.glob("*.yml")) for example in _learnt(path)]


def _learnt(path: Path) -> Iterator[Example]:
    for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
        for line in block["examples"].splitlines():
            marked = line.removeprefix("- ").strip()
            pairs = tuple((match[2], match[1]) for match in _ANNOTATED.finditer(marked))
            yield Example(
                _ANNOTATED.sub(r"\1", marked), block["intent"], hard=False, entities=pairs
            )
