"""Too heavy: what takes long on a phone and costs data, and what takes long to read."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .written import Media, Written, own_words

MB = 1024 * 1024
LIGHT = {"file": 5 * MB, "audio": 5 * MB, "video": 25 * MB}
HEAVY = {
    "file": gettext_lazy(
        "The file “%(title)s” has %(size)s. Save it smaller: up to %(most)s loads well on a phone."
    ),
    "audio": gettext_lazy(
        "The sound “%(title)s” has %(size)s. Make it shorter or save it smaller: up to %(most)s "
        "loads well on a phone."
    ),
    "video": gettext_lazy(
        "The film “%(title)s” has %(size)s. Make it shorter or save it smaller: up to %(most)s "
        "loads well on a phone."
    ),
}
MOST_PICTURES = 10
MOST_MINUTES = 10
WORDS_A_MINUTE = 130  # of somebody for whom the words are new


def weight_hints(written: Written) -> list[str]:
    """A sentence for each thing that is heavy, for many pictures, and for much to read."""
    hints = [heavy_hint(media) for media in written.media if media.size > LIGHT[media.kind]]
    if written.pictures > MOST_PICTURES:
        hints.append(pictures_hint(written.pictures))
    if (minutes := minutes_of(written)) > MOST_MINUTES:
        hints.append(minutes_hint(minutes, written.is_lesson))
    return hints


def heavy_hint(media: Media) -> str:
    """What to do about a file, sound or film."""
    sizes = {"size": filesizeformat(media.size), "most": filesizeformat(LIGHT[media.kind])}
    return str(HEAVY[media.kind]) % {"title": media.title, **sizes}


def pictures_hint(count: int) -> str:
    """What to do about very many pictures."""
    return _(
        "There are %(count)s pictures here, and a phone loads each of them. Keep those that "
        "explain something: at most %(most)s."
    ) % {"count": count, "most": MOST_PICTURES}


def minutes_of(written: Written) -> int:
    """The minutes that a beginner reads, begun ones too, without what only some see."""
    pieces = (piece.markup for piece in written.words if piece.for_all)
    words = sum(1 for markup in pieces for _word in own_words(markup))
    return -(-words // WORDS_A_MINUTE)


def minutes_hint(minutes: int, is_lesson: bool) -> str:
    """What to do about much to read."""
    if is_lesson:
        said = _("Reading this takes about %(minutes)s minutes. Divide the lesson into two.")
    else:
        said = _("Reading this takes about %(minutes)s minutes. Leave out what few people need.")
    return said % {"minutes": minutes}
