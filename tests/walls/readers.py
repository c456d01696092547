"""Who may read each of the private words that are planted: the table, and the personas."""

from dataclasses import dataclass

SELF = "the person"
SHOWN = "whom it is shown to"
ISSUER = "who gave it"
SIGNED_IN = "every member"
EVERYBODY = "everybody"
DESK = ("coordinator", "editor", "reviewer")
# Who reads what partners send to a hub.
READERS = ("coordinator", "reviewer")

# What is planted: who reads it beside nobody. A role means: of the hub where the person learns.
# Whom a word is shown to stands on the word itself: the other one of a pair, who gets the card,
# the colleagues. First what partners have, then all of it.
OF_PARTNERS: dict[str, tuple[str, ...]] = {
    "draft of an offer": (SELF, SHOWN),
    "offer that waits": (SELF, SHOWN, *READERS),
    "offer that was declined": (SELF, SHOWN, *READERS),
    "offer with a change asked for": (SELF, SHOWN, *READERS),
    "change that waits": (SELF, SHOWN, *READERS),
    "words of a hub to a partner": (SELF, SHOWN, *READERS),
    "text that is taken down": (SELF, SHOWN, *READERS),
    "own reference of a draft": (SELF, SHOWN),
    "own reference of an offer": (SELF, SHOWN),
    "application for an offer": (SELF, SHOWN),
    "report of an offer": (SELF, *READERS),
    "proof of an organisation": READERS,
    "e-mail of an organisation": (SELF, *READERS),
    "organisation that waits": (SELF, *READERS),
    "agreement that waits": (SELF, *READERS),
    "address that is invited": (SELF,),
    "cell of a table": (SELF, SHOWN),
    "suggestion of a partner": (SELF, *READERS),
    "name of a colleague": (SELF, SHOWN, *READERS),
    "title that an ex-colleague wrote": (SELF,),
    "offer of a paused partner": (SELF, SHOWN, *READERS),
    "page of a paused partner": (SELF,),
    "words of an offer on the site": (EVERYBODY,),
    "words of an offer whose days are over": (EVERYBODY,),
}
MAY_READ: dict[str, tuple[str, ...]] = {
    "words handed in": (SELF, *DESK),
    "note on a hand-in": (SELF, *DESK),
    "photo handed in": (SELF, *DESK),
    "question asked": (SELF, *DESK),
    "answer from the hub": (SELF, *DESK),
    "answer in a lesson": (SELF,),
    "name": (SELF, "coordinator", SHOWN),
    "user name": (SELF, "coordinator"),
    "phone": (SELF, "coordinator"),
    "e-mail": (SELF, "coordinator"),
    "entry in the record": (SELF, "coordinator"),
    "reason in the record": (SELF, "coordinator"),
    "notice": (SELF,),
    "consent": (SELF,),
    "code of a certificate": (SELF, "coordinator"),
    "code to sign in": (ISSUER,),
    "draft of a course": (),
    "draft of a lesson": (),
    "change that is not published": (),
    "feedback of a question": (),
    "file of a hub": ("editor", "reviewer"),
    "lesson for members": (SIGNED_IN,),
    "page for members": (SIGNED_IN,),
    "why a mentor is asked for": (SELF, "coordinator", SHOWN),
    "hello of a mentor": (SELF, "coordinator", SHOWN),
    "why a mentor stopped": (SELF, "coordinator"),
    "why the hub paired the two": (SELF, "coordinator", SHOWN),
    "word to the hub at a no": (SELF, "coordinator"),
    "that it goes badly": ("coordinator",),
    "programme that is closed": ("coordinator",),
    "message in a pair": (SELF, SHOWN),
    "note for both": (SELF, SHOWN),
    "note for oneself": (SELF, SHOWN),
    "goal": (SELF, SHOWN),
    "place of a meeting": (SELF, SHOWN),
    "words at the end": (SELF, SHOWN),
    "report of a problem": (SELF, "safety"),
    "report about the safety lead": (SELF,),
    "note in a case": ("safety",),
    "why words were opened": (SELF, "safety"),
    "address of a calendar": (SELF,),
    "link that logs a meeting": (SELF,),
    **OF_PARTNERS,
}
STAFF = {
    "coordinator": ("coordinator", "harbour"),
    "editor": ("editor", "harbour"),
    "reviewer": ("reviewer", "harbour"),
    "safety": ("safety", "harbour"),
    "other_hub_editor": ("editor", "valley"),
    "other_coordinator": ("coordinator", "valley"),
    "other_safety": ("safety", "valley"),
}
# Who is there for the partners alone: colleagues of the first partner, one who was one, and one
# who acts for a second partner too. They walk only where something of partners can be.
COLLEAGUES = ("partner_editor", "partner_viewer", "ex_colleague", "two_partners")
PERSONAS = (
    "visitor",
    "learner",
    "other_learner",
    "neighbour",
    "mentor",
    "ex_mentor",
    "partner",
    "rival",
    "outsider",
    *STAFF,
    *COLLEAGUES,
)


@dataclass(frozen=True)
class Word:
    """A private word: what it is, whose, in which hub, and which personas were shown it."""

    text: str
    kind: str
    owner: str
    hub: str
    shown: tuple[str, ...] = ()

    def is_for(self, persona: str) -> bool:
        """Whether a persona may read it."""
        allowed = MAY_READ[self.kind]
        if EVERYBODY in allowed:
            return True
        if SIGNED_IN in allowed:
            return persona != "visitor"
        role, hub = STAFF.get(persona, ("", ""))
        if ISSUER in allowed and persona == self.owner:
            return True
        if SHOWN in allowed and persona in self.shown:
            return True
        return (SELF in allowed and persona == self.owner) or (role in allowed and hub == self.hub)
