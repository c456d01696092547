"""Translating: only one's own pages, and only to where one's own branch stands already."""

from typing import Any

from django.http import Http404
from wagtail.models import Locale, Page
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from .walls import owns_page


class OwnSubmitTranslationView(SubmitPageTranslationView):
    """Offers the languages in which somebody works on the page above."""

    def get_form(self) -> Any:
        form = super().get_form()
        if not self.request.user.is_superuser:
            locales = form.fields["locales"]
            locales.queryset = locales.queryset.filter(pk__in=self.open_locales())
        return form

    def open_locales(self) -> list[int]:
        """The languages whose copy of the page above is one's own."""
        above = Page.objects.translation_of(self.object.get_parent())
        return [
            page.locale_id
            for page in above.filter(locale__in=Locale.objects.all())
            if owns_page(self.request.user, page.pk)
        ]


class OwnUpdateTranslationsView(UpdateTranslationsView):
    """Publishes translations only for who may publish each of them."""

    def form_valid(self, form: Any) -> Any:
        if form.cleaned_data["publish_translations"] and not self.may_publish():
            raise Http404
        return super().form_valid(form)

    def may_publish(self) -> bool:
        """Whether somebody may publish every page that would be."""
        pages = Page.objects.filter(translation_key=self.object.object_id)
        user = self.request.user
        return all(page.permissions_for_user(user).can_publish() for page in pages)
