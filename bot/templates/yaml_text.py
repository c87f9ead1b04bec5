"""YAML as people mean it: no key twice, `on` and 2026-11-22 are words, only true is true."""

import re
from typing import Any

import yaml


class PlainLoader(yaml.SafeLoader):
    """A safe loader that builds text, numbers, true and false, lists and tables only."""


_MEANT_AS_WORDS = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")
PlainLoader.yaml_implicit_resolvers = {
    first: [each for each in resolvers if each[0] not in _MEANT_AS_WORDS]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"true|false"), list("tf"))


def _table(loader: PlainLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(None, None, "键应是文字", key.start_mark)
        if key.value in seen:
            why = f"“{key.value}”写了两次，请合并成一处"
            raise yaml.constructor.ConstructorError(None, None, why, key.start_mark)
        seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


PlainLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _table)


def read_yaml(text: str) -> Any:  # noqa: ANN401  YAML is any
    """Read one document.

    Raises:
        yaml.YAMLError: it is none, or has a key twice.
    """
    try:
        # A SafeLoader underneath: it builds plain values only.
        return yaml.load(text, Loader=PlainLoader)  # noqa: S506
    except RecursionError as error:
        raise yaml.YAMLError("一层套一层，太深了") from error
    except (AttributeError, TypeError, ValueError) as error:
        # What PyYAML lets out of numbers and dates that only look like such (0b_, !!int x).
        raise yaml.YAMLError(f"有一个值读不出来，是文字的请加引号（{error}）") from error


def where_in(error: yaml.YAMLError) -> str:
    """Where the fault is and what it is, for people: 第 3 行：…"""
    mark = getattr(error, "problem_mark", None)
    why = getattr(error, "problem", None) or str(error)
    return f"第 {mark.line + 1} 行：{why}" if mark else str(why)
