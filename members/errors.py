"""The one exception with which an action refuses."""


class Refused(Exception):
    """A refusal whose text can be shown to a person; `field` names the form field it is about."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = str(reason)
        self.field = field
