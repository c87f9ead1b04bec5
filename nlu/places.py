"""Where the data, the configuration and the trained models lie."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "config.yml"
DATA = ROOT / "nlu_data"
INTENTS = DATA / "intents"
LEARNT = (INTENTS, DATA / "lookups")
HOLDOUT = DATA / "holdout"
SEALED = DATA / "sealed"
PACKAGE = ROOT / "nlu"
LOCK = PACKAGE / "requirements.lock"
MODELS = ROOT / ".cache" / "nlu"

# What the trained model depends on; serving and measuring code may change without a new training.
TRAINED_BY = [
    "normal.py",
    "numbers.py",
    "asides.py",
    "features.py",
    "linear.py",
    "fitting.py",
    "spans.py",
    "forgotten.py",
    "swaps.py",
    "recipe.py",
    "components",
]


def training_files() -> list[Path]:
    """Return the Rasa training files; nothing held out is ever among them."""
    return sorted(path for folder in LEARNT for path in folder.rglob("*.yml"))


def _inputs() -> Iterator[Path]:
    yield CONFIG
    yield LOCK
    yield from training_files()
    for name in TRAINED_BY:
        path = PACKAGE / name
        yield from sorted(path.rglob("*.py")) if path.is_dir() else (path,)


def fingerprint() -> str:
    """Return the hash of all that the model is made from, 16 hex digits."""
    digest = hashlib.sha256()
    for path in _inputs():
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def model_path() -> Path:
    """Return where the model for the present inputs lies, whether trained or not.

    `NLU_MODEL` names another archive, for comparing and for images without the data.
    """
    chosen = os.environ.get("NLU_MODEL")
    return Path(chosen) if chosen else MODELS / f"{fingerprint()}.tar.gz"
