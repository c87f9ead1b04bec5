"""Trains the model when its inputs have changed: `python -m nlu.train`."""

import logging
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from nlu.places import CONFIG, MODELS, ROOT, model_path, training_files


def _say(line: str) -> None:
    print(f"nlu: {line}", flush=True)  # noqa: T201  progress is for the person at the terminal


def _quiet_environment() -> None:
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    # Rasa turns its libraries' warnings on again and again: they go to a logger that is off.
    logging.captureWarnings(capture=True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)


def train(target: Path) -> None:
    """Train on the present data and put the archive at `target` in one step.

    Raises RuntimeError when Rasa finds nothing to train on.
    """
    _quiet_environment()
    _say("loading Rasa")
    import rasa.model_training  # noqa: PLC0415  seconds of imports that a cached model saves

    import nlu.recipe  # noqa: F401, PLC0415  registers our components

    files = training_files()
    _say(f"training on {len(files)} files of {CONFIG.name} and nlu_data, three to six minutes")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as work:
        data = Path(work) / "data"
        for file in files:
            place = data / file.relative_to(ROOT)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, place)
        made = rasa.model_training.train_nlu(str(CONFIG), str(data), work, fixed_model_name="model")
        if made is None:
            raise RuntimeError("Rasa found no examples in nlu_data")
        Path(made).replace(target)


def main() -> int:
    """Train unless the model for the present inputs exists already."""
    target = model_path()
    if target.exists():
        _say(f"model {target.name} is up to date")
        return 0
    started = time.monotonic()
    train(target)
    if model_path() != target:
        target.unlink()
        _say("the data changed while the model was trained; train again")
        return 1
    for old in MODELS.glob("*.tar.gz"):
        if old != target and old.stat().st_mtime < time.time() - 7 * 86400:
            old.unlink()
    _say(f"model {target.name} trained in {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
