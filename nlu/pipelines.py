"""Trains and measures whole Rasa pipelines, each in a process of its own, for `nlu.compare`."""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from nlu import scores
from nlu.evaluate import judge
from nlu.examples import held_out
from nlu.places import CONFIG, DATA, HOLDOUT, INTENTS, ROOT

_WORDS = [
    {"name": "JiebaTokenizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char", "min_ngram": 1, "max_ngram": 3},
]
_CRF = {"name": "CRFEntityExtractor", "max_iterations": 30}
_LOGISTIC = [*_WORDS, {"name": "LogisticRegressionClassifier", "max_iter": 30}, _CRF]
_DIET = [*_WORDS, {"name": "DIETClassifier", "epochs": 5, "constrain_similarities": True}]
_PATIENCE_SECONDS = 1500
_HEAD = (
    "| pipeline | examples | easy | hard | macro-F1 | oos P | oos R | entity F1 | training, s "
    "| load, s | one parse, ms | of sixteen, ms | memory, MB |\n" + "|---" * 13 + "|"
)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A pipeline, and the share of the examples it is given."""

    title: str
    components: list[dict[str, Any]]
    share: float


def compare_pipelines() -> Iterator[str]:
    """Yield the lines of the table; a pipeline that takes too long says so."""
    ours = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["pipeline"]
    yield _HEAD
    for pipeline in (
        Pipeline("Rasa's logistic regression and CRF, a tenth of the data", _LOGISTIC, 0.1),
        Pipeline("DIET, 5 rounds, a tenth of the data", _DIET, 0.1),
        Pipeline("ours, a tenth of the data", ours, 0.1),
        Pipeline("ours", ours, 1.0),
    ):
        try:
            yield _measured(pipeline)
        except subprocess.TimeoutExpired:
            yield f"| {pipeline.title} | stopped after {_PATIENCE_SECONDS} s |"


def _measured(pipeline: Pipeline) -> str:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        examples = _write(pipeline, work)
        started = time.perf_counter()
        _run("train", work)
        took = time.perf_counter() - started
        figures = json.loads(_run("measure", work).splitlines()[-1])
    shares = " | ".join(f"{share:.3f}" for share in figures["shares"])
    rest = " | ".join(f"{value:.1f}" for value in figures["rest"])
    return f"| {pipeline.title} | {examples} | {shares} | {took:.0f} | {rest} |"


def _write(pipeline: Pipeline, work: Path) -> int:
    config = {"recipe": "default.v1", "language": "zh", "pipeline": pipeline.components}
    (work / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    dice, written = random.Random(1), 0  # noqa: S311  a sample is not a secret
    blocks = []
    for path in sorted(INTENTS.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = block["examples"].splitlines()
            kept = dice.sample(lines, max(2, int(pipeline.share * len(lines))))
            written += len(kept)
            blocks.append({"intent": block["intent"], "examples": "\n".join(kept) + "\n"})
    for path in (DATA / "lookups").glob("*.yml"):
        blocks += yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    data = yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True, sort_keys=False)
    (work / "data.yml").write_text(data, encoding="utf-8")
    return written


def _run(what: str, work: Path) -> str:
    done = subprocess.run(  # noqa: S603  our own module
        [sys.executable, "-W", "ignore", "-m", "nlu.pipelines", what, str(work)],
        cwd=ROOT,
        env={**os.environ, "NLU_MODEL": str(work / "model.tar.gz"), "TF_CPP_MIN_LOG_LEVEL": "3"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=_PATIENCE_SECONDS,
        check=True,
        text=True,
    )
    return done.stdout


def _train(work: Path) -> None:
    import rasa.model_training  # noqa: PLC0415  seconds of imports that measuring does not need

    import nlu.recipe  # noqa: F401, PLC0415  registers our components

    files = str(work / "config.yml"), str(work / "data.yml"), str(work)
    rasa.model_training.train_nlu(*files, fixed_model_name="model")


def _measure() -> None:
    examples = held_out(HOLDOUT)
    judged, speed = judge(examples)
    alone = _alone([one.text for one in examples[:200]])
    rates = scores.intent_rates(judged)
    outside = rates[scores.OUTSIDE]
    shares = [
        scores.accuracy([one for one in judged if not one.hard]),
        scores.accuracy([one for one in judged if one.hard]),
        scores.macro_f1(rates),
        outside.precision,
        outside.recall,
        scores.entity_rates(judged)["all"].f1,
    ]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rest = [speed["load, seconds"], alone, 1000 / speed["parses per second"], memory]
    print(json.dumps({"shares": shares, "rest": rest}))  # noqa: T201  read by the parent


def _alone(texts: list[str]) -> float:
    from nlu.model import Model  # noqa: PLC0415  Rasa is loaded only when there is work
    from nlu.places import model_path  # noqa: PLC0415  reads NLU_MODEL of this process

    model = Model(model_path())
    started = time.perf_counter()
    for text in texts:
        model.parse([text])
    return (time.perf_counter() - started) / len(texts) * 1000


if __name__ == "__main__":
    if sys.argv[1] == "train":
        _train(Path(sys.argv[2]))
    else:
        _measure()
