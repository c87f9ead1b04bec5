"""Compares other ways of telling intents on the same data: `python -m nlu.compare [part …]`.

Parts: pieces, learners, doubt, curve, pipelines. Each prints a table; times are those of the
machine it runs on. The holdout is only counted, never shown.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import jieba
import numpy as np
import yaml
from sklearn.linear_model import RidgeClassifier, SGDClassifier
from sklearn.naive_bayes import ComplementNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import LinearSVC

from nlu import scores
from nlu.examples import Example, held_out, learnt
from nlu.features import features_of
from nlu.fitting import Taste, fit, matrix
from nlu.linear import Linear, Vocabulary
from nlu.pipelines import compare_pipelines
from nlu.places import DATA, HOLDOUT, INTENTS
from nlu.scores import Judged

Counted = list[Counter[str]]
_TASTE = Taste(strength=2.0, least=1, outside=1.4)
_HEAD = "| variant | easy | hard | all | macro-F1 | oos P | oos R | fit, s |\n" + "|---" * 8 + "|"


@dataclass(frozen=True, slots=True)
class Bench:
    """The examples with their pieces: those to learn from, those to measure on."""

    learnt: list[Example]
    known: Counted
    held: list[Example]
    asked: Counted

    @classmethod
    def of(cls, share: float) -> "Bench":
        """Read and count a share of the examples, and all that is held out."""
        trained, held = learnt(INTENTS), held_out(HOLDOUT)
        order = np.random.default_rng(1).permutation(len(trained))
        trained = [trained[place] for place in order[: int(share * len(order))]]
        return cls(trained, _count(trained), held, _count(held))

    @property
    def names(self) -> list[str]:
        """Return the intents of the examples to learn from."""
        return [one.intent for one in self.learnt]

    def row(self, title: str, answers: Sequence[str], took: float) -> str:
        """Return the line of a table."""
        judged = [
            Judged(one.hard, one.intent, answer, 1.0, (), ())
            for one, answer in zip(self.held, answers, strict=True)
        ]
        rates = scores.intent_rates(judged)
        outside = rates.get(scores.OUTSIDE, scores.Rates(0.0, 0.0, 0))
        shares = (
            scores.accuracy([one for one in judged if not one.hard]),
            scores.accuracy([one for one in judged if one.hard]),
            scores.accuracy(judged),
            scores.macro_f1(rates),
            outside.precision,
            outside.recall,
        )
        return f"| {title} | {' | '.join(f'{share:.3f}' for share in shares)} | {took:.0f} |"


def _count(examples: Sequence[Example]) -> Counted:
    return [features_of(one.text) for one in examples]


def _only(counted: Counted, blocks: str) -> Counted:
    return [Counter({p: n for p, n in one.items() if p[0] in blocks}) for one in counted]


def _chances(model: Linear, asked: Counted) -> np.ndarray[Any, Any]:
    return np.array([model.chances(pieces) for pieces in asked])


def _best(model: Linear, asked: Counted) -> list[str]:
    return [model.labels[place] for place in _chances(model, asked).argmax(axis=1)]


def pieces(bench: Bench) -> Iterator[str]:
    """Compare what is counted: characters c, pairs s, readings p, words w, asides d."""
    yield _HEAD
    for title, blocks in (
        ("letter n-grams", "cd"),
        ("pairs of letters apart", "sd"),
        ("words and pairs of words", "wd"),
        ("readings", "pd"),
        ("letters, words", "cwd"),
        ("letters, words, readings", "cwpd"),
        ("letters, pairs apart", "csd"),
        ("all, denials not set aside", "cspw"),
        ("all", "cspwd"),
    ):
        known, asked = _only(bench.known, blocks), _only(bench.asked, blocks)
        started = time.perf_counter()
        model = fit(known, bench.names, _TASTE)
        yield bench.row(title, _best(model, asked), time.perf_counter() - started)
    for word in _goods():
        jieba.add_word(word)
    started = time.perf_counter()
    model = fit(_count(bench.learnt), bench.names, _TASTE)
    took = time.perf_counter() - started
    yield bench.row("all, jieba knows our goods", _best(model, _count(bench.held)), took)


def _goods() -> Iterator[str]:
    for path in (DATA / "lookups").glob("*.yml"):
        for table in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            yield from (line.removeprefix("- ") for line in table["examples"].splitlines())


def learners(bench: Bench) -> Iterator[str]:
    """Compare what weighs the same pieces."""
    yield _HEAD
    vocabulary = Vocabulary.of(bench.known, 1)
    known, asked = (
        matrix([vocabulary.vector(one) for one in counted], len(vocabulary.rows))
        for counted in (bench.known, bench.asked)
    )
    balanced: dict[str, Any] = {"class_weight": "balanced", "random_state": 1, "tol": 0.1}
    makers: dict[str, Callable[[], Any]] = {
        "linear support vectors": lambda: LinearSVC(**balanced),
        "naive counting (multinomial)": lambda: MultinomialNB(alpha=0.01, fit_prior=False),
        "naive counting (complement)": lambda: ComplementNB(alpha=0.1),
        "logistic regression, 10 rounds of SGD": lambda: SGDClassifier(
            loss="log_loss",
            alpha=1e-6,
            max_iter=10,
            average=True,
            class_weight="balanced",
            tol=None,
        ),
        "ridge, 30 steps": lambda: RidgeClassifier(
            solver="sparse_cg", max_iter=30, class_weight="balanced"
        ),
        "ten nearest examples": lambda: KNeighborsClassifier(10, weights="distance"),
    }
    for title, make in makers.items():
        started = time.perf_counter()
        model = make().fit(known, bench.names)
        took = time.perf_counter() - started
        yield bench.row(title, model.predict(asked).tolist(), took)
    started = time.perf_counter()
    both = fit(bench.known, bench.names, _TASTE)
    took = time.perf_counter() - started
    yield bench.row("support vectors and naive counting (ours)", _best(both, bench.asked), took)


def doubt(bench: Bench) -> Iterator[str]:
    """Compare how doubt becomes out_of_scope: a lift, a threshold, a margin."""
    yield _HEAD
    for lift in (0.0, 0.5, 1.0, 1.4, 1.8):
        started = time.perf_counter()
        model = fit(bench.known, bench.names, Taste(2.0, 1, lift))
        took = time.perf_counter() - started
        yield bench.row(f"lift {lift}", _best(model, bench.asked), took)
    chances = _chances(fit(bench.known, bench.names, Taste(2.0, 1, 0.0)), bench.asked)
    ordered = np.sort(chances, axis=1)
    best = np.array(model.labels)[chances.argmax(axis=1)]
    for least in (0.2, 0.3, 0.4):
        answers = np.where(ordered[:, -1] < least, scores.OUTSIDE, best)
        yield bench.row(f"no lift, confidence below {least} is outside", answers.tolist(), 0)
    for least in (0.05, 0.1, 0.2):
        answers = np.where(ordered[:, -1] - ordered[:, -2] < least, scores.OUTSIDE, best)
        yield bench.row(f"no lift, margin below {least} is outside", answers.tolist(), 0)


def curve(bench: Bench) -> Iterator[str]:
    """Show what a share of the examples would give."""
    yield _HEAD
    for share in (0.1, 0.2, 0.4, 0.6, 0.8, 1.0):
        size = int(share * len(bench.learnt))
        started = time.perf_counter()
        model = fit(bench.known[:size], bench.names[:size], _TASTE)
        took = time.perf_counter() - started
        yield bench.row(f"{size} examples", _best(model, bench.asked), took)


PARTS: dict[str, Callable[[Bench], Iterator[str]]] = {
    "pieces": pieces,
    "learners": learners,
    "doubt": doubt,
    "curve": curve,
    "pipelines": lambda _: compare_pipelines(),
}


def main() -> int:
    """Print the tables of the parts that are asked for, of all by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which tables")
    parser.add_argument("--share", type=float, default=1.0, help="of the examples, 0 to 1")
    wanted = parser.parse_args()
    chosen = wanted.parts or list(PARTS)
    bench = Bench.of(wanted.share)
    print(f"{len(bench.learnt)} examples, {len(bench.held)} held out")  # noqa: T201
    for name in chosen:
        print(f"\n### {name}\n")  # noqa: T201  the tables are for the person at the terminal
        for line in PARTS[name](bench):
            print(line, flush=True)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
