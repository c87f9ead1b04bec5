"""What understanding shall reach, what it must not fall below, and whether it does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlu import scores
from nlu.scores import Judged

NUMBERS = ("order_id", "tracking_no", "phone")


@dataclass(frozen=True, slots=True)
class Bar:
    """A goal, and the floor a little under what was reached last, so that figures only rise."""

    goal: float
    floor: float
    most: bool = False
    """True where less is better: seconds."""

    def reached(self, figure: float) -> bool:
        """Return whether the goal is met."""
        return figure <= self.goal if self.most else figure >= self.goal

    def held(self, figure: float) -> bool:
        """Return whether the floor is kept."""
        return figure <= self.floor if self.most else figure >= self.floor


BARS = {
    "accuracy": Bar(0.93, 0.92),
    "accuracy, hard": Bar(0.85, 0.82),
    "macro-F1": Bar(0.90, 0.92),
    "out_of_scope precision": Bar(0.90, 0.90),
    "out_of_scope recall": Bar(0.90, 0.88),
    "entity F1": Bar(0.90, 0.92),
    **{f"{name} F1": Bar(0.99, 0.99) for name in NUMBERS},
    # The floors of speed allow for a machine that does other things at the same time.
    "load, seconds": Bar(10.0, 20.0, most=True),
    "parses per second": Bar(400.0, 150.0),
}


def figures(judged: Sequence[Judged]) -> dict[str, float]:
    """Return the figures that have a bar, without those of speed."""
    rates, entities = scores.intent_rates(judged), scores.entity_rates(judged)
    nothing = scores.Rates(0.0, 0.0, 0)
    outside = rates.get(scores.OUTSIDE, nothing)
    return {
        "accuracy": scores.accuracy(judged),
        "accuracy, hard": scores.accuracy([one for one in judged if one.hard]),
        "macro-F1": scores.macro_f1(rates),
        "out_of_scope precision": outside.precision,
        "out_of_scope recall": outside.recall,
        "entity F1": entities.get("all", nothing).f1,
        **{f"{name} F1": entities.get(name, nothing).f1 for name in NUMBERS},
    }


def table(reached: Mapping[str, float]) -> list[str]:
    """Return a line for each figure: the goal, whether it is reached, the floor."""
    lines = []
    for name, figure in reached.items():
        bar = BARS[name]
        verdict = "reached" if bar.reached(figure) else "MISSED"
        held = "" if bar.held(figure) else "  BELOW THE FLOOR"
        lines.append(
            f"{name:24} {figure:8.3f}  goal {bar.goal:g} {verdict:8} floor {bar.floor:g}{held}"
        )
    return lines


def fallen(reached: Mapping[str, float]) -> list[str]:
    """Return the names of the figures below their floor."""
    return [name for name, figure in reached.items() if not BARS[name].held(figure)]
