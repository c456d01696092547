"""Topics and levels: lists of the whole site, kept by the network's admin."""

from wagtail.admin.viewsets.model import ModelViewSet

from ..models import Level, Topic


class TopicViewSet(ModelViewSet):
    """What courses are about."""

    model = Topic
    icon = "tag"
    add_to_settings_menu = True
    list_display = ["name", "slug", "rank"]
    form_fields = ["name", "slug", "colour", "rank", "names_in"]


class LevelViewSet(ModelViewSet):
    """How much one should know before."""

    model = Level
    icon = "order"
    add_to_settings_menu = True
    list_display = ["name", "slug", "rank"]
    form_fields = ["name", "slug", "words", "rank", "names_in"]


topics = TopicViewSet("topics")
levels = LevelViewSet("levels")
