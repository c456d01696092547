"""Every change of state of partners and offers: one function a verb."""

from .agreements import (
    confirm_agreement,
    decline_agreement,
    end_agreement,
    propose_agreement,
    remind_agreements,
)
from .colleagues import (
    accept_invitation,
    drop_colleague,
    drop_invitation,
    invite_colleague,
    leave_colleagues,
    set_role,
)
from .confirmations import confirm_email, confirm_partner
from .decisions import (
    approve_partner,
    decline_partner,
    leave_partner,
    pause_partner,
    prove_partner,
    return_partner,
    send_partner_again,
)
from .erasing import forget_partner_member
from .finding import index_offers
from .identity import ask_identity, settle_identity
from .interest import (
    count_click,
    count_view,
    drop_saved,
    move_interest,
    report_offer,
    save_for_later,
    send_interest,
    withdraw_interest,
)
from .links import check_links
from .offers import (
    attach_picture,
    begin_offer,
    describe_picture,
    drop_picture,
    end_offer,
    keep_offer,
    offer_again,
    return_offer,
    save_offer,
    still_right,
    withdraw_offer,
)
from .organisations import (
    apply_partner,
    change_partner,
    enter_partner,
    send_email_code,
)
from .reminders import remind_offers, remind_partners, remind_reviewers
from .reports import settle_report
from .reviews import (
    ask_change,
    decline_offer,
    publish_offer,
    settle_after_check,
    take_down_offer,
)
from .sending import send_offer
from .suggestions import (
    invite_organisation,
    invite_to_apply,
    settle_suggestion,
    suggest_partner,
)
from .tidying import delete_old_interest, delete_old_invitations, delete_old_uploads
from .uploads import (
    apply_upload,
    check_upload,
    drop_upload,
    end_missing,
    start_upload,
    write_upload,
)

__all__ = [
    "accept_invitation",
    "apply_partner",
    "apply_upload",
    "approve_partner",
    "ask_change",
    "ask_identity",
    "attach_picture",
    "begin_offer",
    "change_partner",
    "check_links",
    "check_upload",
    "confirm_agreement",
    "confirm_email",
    "confirm_partner",
    "count_click",
    "count_view",
    "decline_agreement",
    "decline_offer",
    "decline_partner",
    "delete_old_interest",
    "delete_old_invitations",
    "delete_old_uploads",
    "describe_picture",
    "drop_colleague",
    "drop_invitation",
    "drop_picture",
    "drop_saved",
    "drop_upload",
    "end_agreement",
    "end_missing",
    "end_offer",
    "enter_partner",
    "forget_partner_member",
    "index_offers",
    "invite_colleague",
    "invite_organisation",
    "invite_to_apply",
    "keep_offer",
    "leave_colleagues",
    "leave_partner",
    "move_interest",
    "offer_again",
    "pause_partner",
    "propose_agreement",
    "prove_partner",
    "publish_offer",
    "remind_agreements",
    "remind_offers",
    "remind_partners",
    "remind_reviewers",
    "report_offer",
    "return_offer",
    "return_partner",
    "save_for_later",
    "save_offer",
    "send_email_code",
    "send_interest",
    "send_offer",
    "send_partner_again",
    "set_role",
    "settle_after_check",
    "settle_identity",
    "settle_report",
    "settle_suggestion",
    "start_upload",
    "still_right",
    "suggest_partner",
    "take_down_offer",
    "withdraw_interest",
    "withdraw_offer",
    "write_upload",
]
