"""Completes annotations: a word that is marked nearly everywhere was forgotten where it is not."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlu.normal import normalise
from nlu.spans import Lexicon, Span

_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Annotated:
    """A training text with its entities; `open` texts may mention goods without an annotation."""

    text: str
    spans: tuple[Span, ...]
    open: bool


def words_of(examples: Sequence[Annotated]) -> dict[str, Counter[str]]:
    """Return the annotated words of every entity with how often each is annotated."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for example in examples:
        for span in example.spans:
            words[span.entity][normalise(example.text[span.start : span.end])] += 1
    return dict(words)


def _apart(span: Span, others: Sequence[Span]) -> bool:
    return all(span.end <= other.start or other.end <= span.start for other in others)


def _unmarked(example: Annotated, lexicon: Lexicon) -> list[tuple[Span, str]]:
    if example.open:
        return []
    clean = normalise(example.text)
    return [
        (span, clean[span.start : span.end])
        for span in lexicon.spans(clean)
        if _apart(span, example.spans)
    ]


def _with(example: Annotated, missed: Sequence[Span]) -> Annotated:
    spans = list(example.spans)
    for span in missed:
        if _apart(span, spans):
            spans.append(span)
    return Annotated(example.text, tuple(sorted(spans, key=lambda span: span.start)), example.open)


def complete(examples: Sequence[Annotated]) -> list[Annotated]:
    """Return the examples with words marked that are marked in most other places."""
    marked = words_of(examples)
    lexicon = Lexicon({name: [w for w in words if len(w) > 1] for name, words in marked.items()})
    unmarked = [_unmarked(example, lexicon) for example in examples]
    missed = Counter((span.entity, word) for one in unmarked for span, word in one)

    def mostly(span: Span, word: str) -> bool:
        times = marked[span.entity][word]
        return times >= _MOSTLY * (times + missed[span.entity, word])

    return [
        _with(example, [span for span, word in one if mostly(span, word)])
        for example, one in zip(examples, unmarked, strict=True)
    ]


def enrich(
    words: Mapping[str, Sequence[str]], marked: Mapping[str, Counter[str]]
) -> dict[str, list[str]]:
    """Return the word lists, each with the words that are marked in examples."""
    return {name: sorted({*listed, *marked.get(name, ())}) for name, listed in words.items()}
