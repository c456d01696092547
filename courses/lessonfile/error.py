"""What is wrong in a course file, and where."""


class CourseFileError(ValueError):
    """A course file cannot be read; says where, and in one sentence why."""

    def __init__(self, path: str, line: int, sentence: str) -> None:
        super().__init__(f"{path}, line {line}: {sentence}")
        self.path = path
        self.line = line
        self.sentence = sentence
