"""Who reads a report."""

from members.models import Hub, Member


def leads_of(hub: Hub, subject: int | None) -> list[Member]:
    """Who is told of a case in a hub: its safety leads, else the network admins; never the one
    whom it is about."""
    others = Member.objects.get_queryset().filter(is_active=True).exclude(pk=subject or 0)
    leads = others.filter(roles__hub=hub, roles__role="safety").order_by("pk")
    return list(leads) or list(others.filter(is_superuser=True).order_by("pk"))
