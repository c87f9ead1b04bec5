"""XML of callbacks as plain fields; nothing but elements and text is let in."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring


class BadDocument(Exception):
    """It is no XML of the kind that WeCom sends."""


@dataclass(frozen=True, slots=True)
class Document:
    """The fields of one callback: texts by tag, nested ones by dotted path ("A.B")."""

    fields: tuple[tuple[str, str], ...]

    def text(self, tag: str) -> str:
        """The first field of this name, "" when there is none."""
        return next((value for name, value in self.fields if name == tag), "")


def read_document(xml: str | bytes) -> Document:
    """Read XML without DTDs and entities.

    Raises:
        BadDocument: it is broken, or tries what no callback needs.
    """
    try:
        root: Element = fromstring(xml, forbid_dtd=True)
    except (ParseError, ValueError, LookupError) as error:
        raise BadDocument(type(error).__name__) from None
    return Document(tuple(_leaves(root, "")))


def _leaves(element: Element, prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for child in element:
        name = f"{prefix}{child.tag}"
        if len(child):
            found.extend(_leaves(child, f"{name}."))
        else:
            found.append((name, child.text or ""))
    return found
