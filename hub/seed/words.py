"""Words for a seeded site: the same for the same seed."""

from random import Random

TEXT = """community skill budget spreadsheet email password browser vote member meeting safety
privacy phone workshop mentor partner course lesson question answer letter button window garden
kitchen market bridge ticket paper minute morning neighbour"""
CALLED = "Amina Bruno Chen Dalia Emeka Farid Greta Hana Idris Jana Kofi Lena Mateo Nadia"
COMMON, NAMES = TEXT.split(), CALLED.split()
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Writer:
    """Writes sentences, names and private words."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - nothing here is a secret of a real site

    def words(self, count: int) -> str:
        """So many words in small letters."""
        return " ".join(self.random.choices(COMMON, k=count))

    def title(self) -> str:
        """Three words, the first with a capital."""
        return self.words(3).capitalize()

    def sentence(self) -> str:
        """Twelve words and a full stop."""
        return f"{self.words(12).capitalize()}."

    def paragraph(self) -> str:
        """Four sentences."""
        return " ".join(self.sentence() for _ in range(4))

    def name(self) -> str:
        """What a person is called."""
        return f"{self.random.choice(NAMES)} {self.random.choice(COMMON).capitalize()}"

    def secret(self) -> str:
        """A word that stands nowhere else."""
        return "".join(self.random.choices(LETTERS, k=16))

    def pick(self, letters: str, count: int) -> str:
        """So many signs out of some."""
        return "".join(self.random.choices(letters, k=count))
