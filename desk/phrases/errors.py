"""What may be wrong with a phrase: our mistake or the merchant's, never the customer's."""

from desk.kernel.errors import DeskError


class PhraseError(DeskError):
    """A phrase cannot be said; `key` names it."""

    def __init__(self, code: str, key: str, say: str) -> None:
        super().__init__(code, say)
        self.key = key
        self.args = (f"{code}: {key}",)


class UnknownPhrase(PhraseError):
    """The book holds no phrase of this key."""

    def __init__(self, key: str) -> None:
        super().__init__("phrase.unknown", key, f"话术表里没有“{key}”。")


class MissingBlank(PhraseError):
    """The text has a blank that nothing was given for."""

    def __init__(self, key: str, blank: str) -> None:
        super().__init__("phrase.missing_blank", key, f"话术“{key}”里的{{{blank}}}没有内容可填。")
        self.blank = blank
        self.args = (f"{self.code}: {key} {{{blank}}}",)
