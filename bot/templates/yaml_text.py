"""YAML as people mean it: no key twice, `on` and 2026-11-22 are words, only true is true."""

import re
from collections.abc import Iterable
from math import inf
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


_MOST_PARTS = 50_000
"""Values of one file."""


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
        yaml.YAMLError: it is none, has a key twice, or is more than anybody writes.
    """
    loader = PlainLoader(text)
    try:
        node = loader.get_single_node()
        if node is not None and _parts(node, {}) > _MOST_PARTS:
            raise yaml.YAMLError("太大了：用 &、* 引用时，一处引用算一份")
        return None if node is None else loader.construct_document(node)
    except RecursionError as error:
        raise yaml.YAMLError("一层套一层，太深了") from error
    except (AttributeError, TypeError, ValueError) as error:
        # What PyYAML lets out of numbers and dates that only look like such (0b_, !!int x).
        raise yaml.YAMLError(f"有一个值读不出来，是文字的请加引号（{error}）") from error
    finally:
        loader.dispose()


def _parts(node: yaml.Node, known: dict[int, float]) -> float:
    """How many values it is once every reference is written out; no end where it holds itself."""
    if id(node) not in known:
        known[id(node)] = inf
        known[id(node)] = 1 + sum(_parts(each, known) for each in _inside(node))
    return known[id(node)]


def _inside(node: yaml.Node) -> Iterable[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return (each for pair in node.value for each in pair)
    return node.value if isinstance(node, yaml.SequenceNode) else ()


def where_in(error: yaml.YAMLError) -> str:
    """Where the fault is and what it is, for people: 第 3 行：…"""
    mark = getattr(error, "problem_mark", None)
    why = getattr(error, "problem", None) or str(error)
    return f"第 {mark.line + 1} 行：{why}" if mark else str(why)
