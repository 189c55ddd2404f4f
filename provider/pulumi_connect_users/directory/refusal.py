"""An import that is refused: every mistake at once."""

from collections.abc import Sequence


class ImportRefused(ValueError):
    """Nothing was written."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)
