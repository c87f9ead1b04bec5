"""Measures the model on the holdout and fails below the floors: `python -m nlu.evaluate`."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from nlu import scores
from nlu.places import HOLDOUT, model_path
from nlu.scores import Judged, Pair

# A little under what was measured last, so that figures only rise; the goals are in the docs.
FLOORS = {"accuracy": 0.83, "accuracy, hard": 0.66, "entity F1": 0.85}
GOALS = {"accuracy": 0.93, "accuracy, hard": 0.85, "entity F1": 0.90}
_BATCH = 64


@dataclass(frozen=True, slots=True)
class Example:
    """One held-out utterance with what must be understood."""

    text: str
    intent: str
    hard: bool
    entities: tuple[Pair, ...]


def read(folder: Path) -> list[Example]:
    """Return the examples of all files; raises FileNotFoundError when there are none."""
    examples = [example for path in sorted(folder.glob("*.yml")) for example in _file(path)]
    if not examples:
        raise FileNotFoundError(f"no examples in {folder}")
    return examples


def _file(path: Path) -> Iterator[Example]:
    for one in yaml.safe_load(path.read_text(encoding="utf-8"))["examples"]:
        pairs = tuple((str(e["entity"]), str(e["value"])) for e in one.get("entities") or ())
        yield Example(str(one["text"]), one["intent"], bool(one.get("hard")), pairs)


def judge(examples: Sequence[Example]) -> list[Judged]:
    """Ask the model about every example."""
    from nlu.model import Model  # noqa: PLC0415  Rasa is loaded only when there is work

    model = Model(model_path())
    judged: list[Judged] = []
    for start in range(0, len(examples), _BATCH):
        batch = examples[start : start + _BATCH]
        for example, answer in zip(batch, model.parse([e.text for e in batch]), strict=True):
            found = tuple((e["entity"], e["value"]) for e in answer["entities"])
            intent = answer["intent"]
            judged.append(
                Judged(
                    example.hard,
                    example.intent,
                    intent["name"] or scores.OUTSIDE,
                    intent["confidence"],
                    example.entities,
                    found,
                )
            )
    return judged


def _print(line: str = "") -> None:
    print(line)  # noqa: T201  the report is for the person at the terminal


def report(title: str, judged: Sequence[Judged]) -> tuple[float, float]:
    """Print the figures of one part; return intent accuracy and entity F1."""
    rates = scores.intent_rates(judged)
    entities = scores.entity_rates(judged)
    share = scores.accuracy(judged)
    outside = rates.get(scores.OUTSIDE, scores.Rates(0.0, 0.0, 0))
    _print(f"{title}: {len(judged)} utterances")
    _print(f"  intent accuracy {share:.3f}, macro-F1 {scores.macro_f1(rates):.3f}")
    _print(f"  out_of_scope precision {outside.precision:.3f}, recall {outside.recall:.3f}")
    for name, one in entities.items():
        parts = f"(P {one.precision:.3f}, R {one.recall:.3f})"
        _print(f"  entity {name:12} F1 {one.f1:.3f} {parts} of {one.support}")
    for (expected, answered), times in scores.confusions(judged, 12):
        _print(f"  {times:4} x {expected} taken for {answered}")
    _print()
    return share, entities["all"].f1 if "all" in entities else 0.0


def _weakest(judged: Sequence[Judged]) -> None:
    rates = scores.intent_rates(judged).items()
    _print("weakest intents by F1")
    for name, one in sorted(rates, key=lambda pair: pair[1].f1)[:10]:
        _print(f"  {name:20} {one.f1:.3f} (P {one.precision:.3f}, R {one.recall:.3f})")
    _print()


def main() -> int:
    """Print the report; 1 when a figure is below its floor."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    examples = read(HOLDOUT)
    started = time.perf_counter()
    judged = judge(examples)
    took = time.perf_counter() - started
    share, entity_f1 = report("all", judged)
    hard, _ = report("hard part", [one for one in judged if one.hard])
    _weakest(judged)
    _print(f"{len(judged)} parsed in {took:.1f} s with loading")
    figures = {"accuracy": share, "accuracy, hard": hard, "entity F1": entity_f1}
    for name, goal in GOALS.items():
        _print(f"{name} {figures[name]:.3f}, goal {goal}, floor {FLOORS[name]}")
    low = [name for name, floor in FLOORS.items() if figures[name] < floor]
    for name in low:
        _print(f"below the floor: {name} {figures[name]:.3f} < {FLOORS[name]}")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
