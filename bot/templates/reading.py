"""Reads one template's text: a template, or all that is wrong with it."""

from difflib import get_close_matches
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.templates.format import ID, TemplateFile
from bot.templates.problems import Problem
from bot.templates.yaml_text import read_yaml, where_in
from desk.templates.model import Template

_SAID = {
    "missing": "缺少，请补上",
    "string_type": "应是文字；数字、true 这类请加引号",
    "int_type": "应是整数",
    "bool_type": "应是 true 或 false",
    "list_type": "应是列表：每项前面写 - ，或写成 [甲, 乙]",
    "dict_type": "应是“键: 值”",
    "model_type": "应是“键: 值”",
    "string_too_short": "不能是空的",
    "string_too_long": "太长了，最多 {max_length} 个字",
    "too_long": "太多了，最多 {max_length} 项",
    "too_short": "太少了，至少要有 {min_length} 项",
    "enum": "不认识“{input}”，可以写 {expected}",
    "invalid_key": "键应是文字",
    "greater_than_equal": "不能小于 {ge}",
}

_EITHER = ("bool", "constrained-str")
"""What pydantic adds to a place where one of two types may stand: it is tried as both."""


def read_template(file: str, text: str) -> tuple[Template | None, tuple[Problem, ...]]:
    """Read a file's text; without a template there is a problem that is not a warning."""
    try:
        data = read_yaml(text)
    except yaml.YAMLError as error:
        return None, (Problem(file, "", f"不是有效的 YAML，{where_in(error)}"),)
    if not isinstance(data, dict):
        return None, (Problem(file, "", "最外层应是“键: 值”，至少有 id、name、kind、steps"),)
    try:
        return TemplateFile.model_validate(data).draft(), ()
    except ValidationError as error:
        found = dict.fromkeys(_problem(file, each) for each in error.errors())
        return None, tuple(found)


def place_of(*parts: int | str) -> str:
    """A place in a file: fields[2].options."""
    named = (f"[{each}]" if isinstance(each, int) else f".{each}" for each in parts)
    return "".join(named).lstrip(".")


def _problem(file: str, error: ErrorDetails) -> Problem:
    if error["type"] == "extra_forbidden":
        return Problem(file, place_of(*error["loc"]), _unknown(error["loc"]))
    if error["loc"][-1] in _EITHER:
        why = "应是选项的 id；是非题写 true 或 false，不加引号"
        return Problem(file, place_of(*error["loc"][:-1]), why)
    return Problem(file, place_of(*error["loc"]), _said(error))


def _said(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    if error["type"] == "string_pattern_mismatch":
        assert context["pattern"] == ID
        return f"“{error['input']}”不能当名字：只用小写字母、数字和下划线，字母开头，最多 40 个"
    said = _SAID.get(error["type"])
    if said is None:
        return error["msg"]
    expected = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    if error["type"] == "enum" and error["input"] == "taken":
        return "步骤不用写 taken：写 open，有同事接了就是处理中"
    return said.format(**{**context, "expected": expected, "input": error["input"]})


def _unknown(loc: tuple[int | str, ...]) -> str:
    known = list(_keys(TemplateFile, loc[:-1]))
    near = get_close_matches(str(loc[-1]), known, 1)
    if str(loc[-1]) == "version":
        return "不用写版本号，发布时自动编号，请删掉"
    return (
        f"没有这一项，是不是想写 {near[0]}？" if near else f"没有这一项，可以写 {'、'.join(known)}"
    )


def _keys(model: type[BaseModel], path: tuple[int | str, ...]) -> tuple[str, ...]:
    """The keys that a table at this path may have."""
    for name in path:
        if isinstance(name, int):
            continue
        of: Any = model.model_fields[name].annotation
        model = next(each for each in (of, *get_args(of)) if _is_model(each))
    return tuple(each.alias or name for name, each in model.model_fields.items())


def _is_model(of: Any) -> bool:  # noqa: ANN401  any annotation
    return isinstance(of, type) and issubclass(of, BaseModel)
