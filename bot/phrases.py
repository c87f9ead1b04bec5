"""Reads the phrases and the merchant's own wording over them."""

from pathlib import Path
from typing import Any

import yaml

from desk.kernel.errors import DeskError
from desk.phrases.book import BLANK

PHRASES = Path(__file__).parent.parent / "desk" / "phrases" / "zh_CN.yml"
"""The phrases that the house comes with."""


class BadPhrases(DeskError):
    """A phrase file cannot be used; the message names file and key."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__("phrases.bad", f"话术文件 {path.name} 有误：{why}")
        self.args = (self.say,)


class _StrictLoader(yaml.SafeLoader):
    """A safe loader that does not let a later key silently replace an earlier one."""


def _mapping(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if key.value in seen:
            raise yaml.constructor.ConstructorError(None, None, f"重复的“{key.value}”")
        seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def load_phrases(path: Path = PHRASES, override_path: Path | None = None) -> dict[str, str]:
    """Read the texts by key; those of `override_path`, the merchant's own, come first.

    Raises:
        BadPhrases: a file cannot be read, or the merchant words a phrase that does not exist or
            uses a blank that the original does not have (nothing would fill it).
    """
    texts = _read(path)
    if override_path is None:
        return texts
    own = _read(override_path)
    for key, text in own.items():
        if key not in texts:
            raise BadPhrases(override_path, f"没有名为“{key}”的话术")
        strange = set(BLANK.findall(text)) - set(BLANK.findall(texts[key]))
        if strange:
            raise BadPhrases(override_path, f"“{key}”用了未知的空位 {{{min(strange)}}}")
    return texts | own


def _read(path: Path) -> dict[str, str]:
    try:
        with path.open(encoding="utf-8") as file:
            # A SafeLoader underneath: it builds plain values only.
            data = yaml.load(file, Loader=_StrictLoader)  # noqa: S506
    except OSError as error:
        raise BadPhrases(path, "打不开") from error
    except yaml.YAMLError as error:
        raise BadPhrases(path, str(error)) from error
    if not isinstance(data, dict):
        raise BadPhrases(path, "应是“键: 文字”的列表")
    for key, text in data.items():
        if not isinstance(key, str) or not isinstance(text, str):
            raise BadPhrases(path, f"“{key}”应是文字")
    return data
