"""Templates as plain data: one shape for the merchant's files, the rows of the store, the editor.

What has its default is left out, so that the same content always has the same fingerprint, also
after the model has grown.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from hashlib import sha256
from typing import Any

from desk.kernel.roles import Role
from desk.templates.model import (
    AskedIf,
    Field,
    FieldType,
    FilledBy,
    Option,
    Step,
    Template,
    Transition,
)
from desk.tickets.model import Priority, TicketKind, TicketState

_Dataclass = Field | Option | Step | Template | Transition
_NAMES = {"origin": "from"}
"""Attributes that are called otherwise in the data."""
_OF_THE_STORE = frozenset({"version"})


def as_data(template: Template) -> dict[str, Any]:
    """Write a template as what json.dumps takes; its version is not part of its content."""
    written: dict[str, Any] = _written(template)
    return written


def fingerprint(template: Template) -> str:
    """SHA-256 (hex) of the content; two templates of one fingerprint are the same."""
    text = json.dumps(as_data(template), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def of_data(data: Mapping[str, Any], version: int = 0) -> Template:
    """Read what `as_data` wrote.

    What a later release of the house has added is left aside: while processes are replaced one
    after another, those of before go on reading.

    Raises:
        LookupError, TypeError, ValueError: it was never written by it.
    """
    return Template(
        **{
            **_known(Template, data),
            "version": version,
            "kind": TicketKind(data["kind"]),
            "priority": Priority(data["priority"]),
            "fields": tuple(_field(each) for each in data.get("fields", ())),
            "steps": tuple(
                Step(**{**_known(Step, each), "state": TicketState(each["state"])})
                for each in data.get("steps", ())
            ),
            "transitions": tuple(_transition(each) for each in data.get("transitions", ())),
            **{name: tuple(data.get(name, ())) for name in ("tags", "watchers", "rules")},
        }
    )


def _written(value: Any) -> Any:  # noqa: ANN401  JSON has no narrower type
    match value:
        case Role():
            return value.name.lower()
        case Enum():
            return value.value
        case Mapping():
            return {key: _written(each) for key, each in value.items()}
        case tuple() | list():
            return [_written(each) for each in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {
                _NAMES.get(each.name, each.name): _written(getattr(value, each.name))
                for each in fields(value)
                if each.name not in _OF_THE_STORE and not _is_default(value, each)
            }
        case _:
            return value


def _is_default(value: object, of: Any) -> bool:  # noqa: ANN401  dataclasses.Field of any type
    usual = of.default_factory() if of.default_factory is not MISSING else of.default
    return bool(getattr(value, of.name) == usual)


def _known(cls: type[_Dataclass], data: Mapping[str, Any]) -> dict[str, Any]:
    names = {each.name for each in fields(cls)}
    return {key: each for key, each in data.items() if key in names}


def _field(data: Mapping[str, Any]) -> Field:
    read = {
        **_known(Field, data),
        "type": FieldType(data["type"]),
        "filled_by": FilledBy(data.get("filled_by", FilledBy.CUSTOMER)),
        "options": tuple(
            Option(**{**_known(Option, each), "words": tuple(each.get("words", ()))})
            for each in data.get("options", ())
        ),
        "slots": tuple(data.get("slots", ())),
    }
    if (asked_if := data.get("asked_if")) is not None:
        read["asked_if"] = AskedIf(asked_if["field"], tuple(asked_if["values"]))
    return Field(**read)


def _transition(data: Mapping[str, Any]) -> Transition:
    return Transition(
        **{
            **_known(Transition, data),
            "origin": data["from"],
            "needs": tuple(data.get("needs", ())),
            "least": Role[data.get("least", Role.AGENT.name).upper()],
        }
    )
