"""The JSON Schema of a template's file, for editors that complete while one writes."""

import json
from typing import Any

from bot.templates.format import TemplateFile

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The schema as data."""
    return {"$schema": _DIALECT, **_untitled(TemplateFile.model_json_schema(by_alias=True))}


def schema_text() -> str:
    """The schema as it stands in docs/templates.schema.json."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _untitled(made: Any) -> Any:  # noqa: ANN401  JSON has no narrower type
    """Without the titles, which only say the names once more."""
    if isinstance(made, dict):
        return {key: _untitled(each) for key, each in made.items() if key != "title"}
    return [_untitled(each) for each in made] if isinstance(made, list) else made
