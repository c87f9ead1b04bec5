"""Measures the model on a held-out set and fails below the floors: `python -m nlu.evaluate`.

`--sealed` measures on the set that nobody looks into, and tells totals only. `--picture FILE`
draws the confusion matrix.
"""

import argparse
import os
import sys
import time
import warnings
from collections.abc import Sequence
from pathlib import Path

from nlu import scores
from nlu.examples import Example, held_out, learnt
from nlu.goals import fallen, figures, table
from nlu.near import bare
from nlu.picture import draw
from nlu.places import HOLDOUT, INTENTS, SEALED, model_path
from nlu.scores import Judged

_BATCH = 16  # as many as the server puts into one run


def judge(examples: Sequence[Example]) -> tuple[list[Judged], dict[str, float]]:
    """Ask the model about every example; return also its loading time and parses per second."""
    warnings.simplefilter("ignore")  # of libraries at their import: jieba, pkg_resources, pyparsing
    started = time.perf_counter()
    from nlu.model import Model  # noqa: PLC0415  the import of Rasa is part of loading

    model = Model(model_path())
    model.parse(["你好"])
    loaded = time.perf_counter()
    answers = []
    for start in range(0, len(examples), _BATCH):
        answers += model.parse([one.text for one in examples[start : start + _BATCH]])
    speed = len(examples) / (time.perf_counter() - loaded)
    judged = [
        Judged(
            one.hard,
            one.intent,
            answer["intent"]["name"] or scores.OUTSIDE,
            answer["intent"]["confidence"],
            one.entities,
            tuple((entity["entity"], entity["value"]) for entity in answer["entities"]),
        )
        for one, answer in zip(examples, answers, strict=True)
    ]
    return judged, {"load, seconds": loaded - started, "parses per second": speed}


def _print(line: str = "") -> None:
    print(line)  # noqa: T201  the report is for the person at the terminal


def _report(title: str, judged: Sequence[Judged]) -> None:
    rates = scores.intent_rates(judged)
    _print(f"{title}: {len(judged)} utterances")
    _print(f"  accuracy {scores.accuracy(judged):.3f}, macro-F1 {scores.macro_f1(rates):.3f}")
    for name, one in scores.entity_rates(judged).items():
        parts = f"(P {one.precision:.3f}, R {one.recall:.3f})"
        _print(f"  entity {name:12} F1 {one.f1:.3f} {parts} of {one.support}")


def _pairs(judged: Sequence[Judged]) -> None:
    for (expected, answered), times in scores.confusions(judged, 12):
        _print(f"  {times:4} x {expected} taken for {answered}")
    _print("weakest intents by F1")
    rates = scores.intent_rates(judged).items()
    for name, one in sorted(rates, key=lambda pair: pair[1].f1)[:10]:
        _print(f"  {name:20} {one.f1:.3f} (P {one.precision:.3f}, R {one.recall:.3f})")


def _confidences(judged: Sequence[Judged]) -> None:
    for least in (0.3, 0.5, 0.7, 0.9):
        sure = [one for one in judged if one.confidence >= least]
        share = len(sure) / len(judged)
        right = scores.accuracy(sure)
        _print(f"  at confidence {least} {share:.2f} are answered, {right:.3f} of these right")


def _unknown(examples: Sequence[Example], judged: Sequence[Judged]) -> None:
    trained = {bare(one.text) for one in learnt(INTENTS)}
    new = [j for e, j in zip(examples, judged, strict=True) if bare(e.text) not in trained]
    share = scores.accuracy(new)
    _print(f"  {len(new)} of them stand in no form in the training data: accuracy {share:.3f}")


def main() -> int:
    """Print the report; 1 when a figure is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sealed", action="store_true", help="the set nobody looks into: totals")
    parser.add_argument("--picture", type=Path, help="where to draw the confusion matrix")
    wanted = parser.parse_args()
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    examples = held_out(SEALED if wanted.sealed else HOLDOUT)
    judged, speed = judge(examples)
    _report("all", judged)
    _unknown(examples, judged)
    _confidences(judged)
    _report("hard part", [one for one in judged if one.hard])
    if not wanted.sealed:
        _pairs(judged)
    if wanted.picture:
        draw(judged, wanted.picture)
    reached = figures(judged) | speed
    _print("\n".join(table(reached)))
    return 0 if wanted.sealed or not fallen(reached) else 1


if __name__ == "__main__":
    sys.exit(main())
