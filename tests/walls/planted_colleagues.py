"""Who acts for the first partner beside who runs it, and one who did."""

from typing import Any

from partners import actions
from partners.models import Colleague
from tests.factories import new_key

# An editor, and one who runs a partner of their own, which its hub has paused; and a viewer.
WRITERS = ("partner_editor", "two_partners")
LOOKERS = (*WRITERS, "partner_viewer")
ROLES = {"partner_viewer": "viewer"}


def plant_colleagues(plant: Any) -> None:
    """They come by invitation. One of them begins an offer and has to go; another goes on."""
    name_editor(plant)
    for name in (*LOOKERS, "ex_colleague"):
        come(plant, name)
    go_on(plant)


def name_editor(plant: Any) -> None:
    """The editor's name: the colleagues read it, and the hub."""
    others = (plant.name, *(name for name in LOOKERS if name != "partner_editor"))
    member = plant.planted.cast.partner_editor
    kind, hub = "name of a colleague", plant.hub.slug
    member.name = plant.planted.word(kind, "partner_editor", hub, shown=others)
    member.save()


def come(plant: Any, name: str) -> None:
    """Somebody is invited, and comes."""
    _row, code = actions.invite_colleague(
        member=plant.member,
        partner=plant.partner,
        email=f"{name}@college.example",
        role=ROLES.get(name, "editor"),
    )
    actions.accept_invitation(member=getattr(plant.planted.cast, name), code=code)


def go_on(plant: Any) -> None:
    """A draft with the words of one who had to go, and with another title since."""
    planted, cast = plant.planted, plant.planted.cast
    gone, kind = cast.ex_colleague, "title that an ex-colleague wrote"
    offer = actions.begin_offer(member=gone, partner=plant.partner, key=new_key())
    title = planted.word(kind, "ex_colleague", plant.hub.slug)
    actions.save_offer(member=gone, offer=offer, values={"title": title})
    row = Colleague.objects.get(partner=plant.partner, member=gone)
    actions.drop_colleague(member=plant.member, partner=plant.partner, colleague=row)
    text = {"title": plant.word("draft of an offer")}
    actions.save_offer(member=cast.partner_editor, offer=offer, values=text)
