"""Addresses of a partner's own edge; `urls.py` takes them in."""

from django.urls import path

from .views.desk import (
    apply,
    home,
    interest,
    keep,
    moves,
    page,
    people,
    suggest,
    tables,
    write,
    year,
)

DESK = "partners/desk/"
PARTNER = "partners/desk/<slug:partner>/"
OFFER = f"{PARTNER}offers/<uuid:offer>/"
UPLOAD = f"{PARTNER}table/<uuid:upload>/"

partner_patterns = [
    path("partners/apply/", apply.partner_apply, name="partner_apply"),
    path("partners/suggest/", suggest.partner_suggest, name="partner_suggest"),
    path("partners/invitations/<str:code>/", people.partner_invitation, name="partner_invitation"),
    path(DESK, home.partner_desk, name="partner_desk"),
    path(f"{DESK}offers/new/", write.offer_begin, name="offer_begin"),
    path(PARTNER, home.partner_home, name="partner_home"),
    path(f"{PARTNER}confirm/", page.partner_confirm, name="partner_confirm"),
    path(f"{PARTNER}again/", page.partner_again, name="partner_again"),
    path(f"{PARTNER}page/", page.partner_page, name="partner_page"),
    path(f"{PARTNER}page/email/", page.partner_email, name="partner_email"),
    path(f"{PARTNER}page/email/code/", page.partner_email_code, name="partner_email_code"),
    path(f"{PARTNER}page/email/change/", page.partner_email_change, name="partner_email_change"),
    path(f"{PARTNER}page/name/", page.partner_identity, name="partner_identity"),
    path(f"{PARTNER}page/agreements/", page.partner_agree, name="partner_agree"),
    path(
        f"{PARTNER}page/agreements/<int:pk>/end/",
        page.partner_agree_end,
        name="partner_agree_end",
    ),
    path(f"{PARTNER}page/end/", page.partner_end, name="partner_end"),
    path(f"{PARTNER}people/", people.partner_people, name="partner_people"),
    path(
        f"{PARTNER}people/invitations/<int:pk>/drop/",
        people.partner_invitation_drop,
        name="partner_invitation_drop",
    ),
    path(f"{PARTNER}people/<int:pk>/role/", people.partner_role, name="partner_role"),
    path(f"{PARTNER}people/<int:pk>/drop/", people.partner_drop, name="partner_drop"),
    path(f"{PARTNER}people/leave/", people.partner_leave, name="partner_leave"),
    path(f"{PARTNER}interest/", interest.partner_interest, name="partner_interest"),
    path(
        f"{PARTNER}interest/<int:pk>/", interest.partner_interest_move, name="partner_interest_move"
    ),
    path(f"{PARTNER}year/", year.partner_year, name="partner_year"),
    path(f"{PARTNER}table/", tables.partner_table, name="partner_table"),
    path(f"{PARTNER}table/offers.csv", tables.partner_table_file, name="partner_table_file"),
    path(UPLOAD, tables.partner_upload, name="partner_upload"),
    path(f"{UPLOAD}errors.csv", tables.partner_upload_file, name="partner_upload_file"),
    path(f"{UPLOAD}send/", tables.partner_upload_send, name="partner_upload_send"),
    path(f"{UPLOAD}drop/", tables.partner_upload_drop, name="partner_upload_drop"),
    path(f"{UPLOAD}end/", tables.partner_upload_end, name="partner_upload_end"),
    path(f"{PARTNER}offers/new/", write.offer_new, name="offer_new"),
    path(OFFER, moves.offer_status, name="offer_status"),
    path(f"{OFFER}withdraw/", moves.offer_withdraw, name="offer_withdraw"),
    path(f"{OFFER}right/", moves.offer_right, name="offer_right"),
    path(f"{OFFER}again/", moves.offer_again, name="offer_again"),
    path(f"{OFFER}end/", moves.offer_end, name="offer_end"),
    path(f"{OFFER}return/", moves.offer_return, name="offer_return"),
    path(f"{OFFER}picture/", moves.offer_picture, name="offer_picture"),
    path(f"{OFFER}picture/drop/", moves.offer_picture_drop, name="offer_picture_drop"),
    path(f"{OFFER}<slug:screen>/", write.offer_write, name="offer_write"),
    path(f"{OFFER}<slug:screen>/keep/", keep.offer_keep, name="offer_keep"),
]
