"""What a page says after a form was sent; the address carries only the note's name."""

from __future__ import annotations

from collections.abc import Mapping

from locales import Text

from .words import _

NOTES: Mapping[str, Text] = {
    "replied": _("The reply is on its way into the person's chat."),
    "replied-email": _("The reply is on its way into the person's chat. They also asked for an e-mail: please send it to the "
                       "address below, since the assistant sends none."),
    "only-email": _("The reply is kept, but the chat can no longer be reached. Please send it to the e-mail address below."),
    "unreachable": _("The reply is kept, but the person can no longer be reached: the chat is blocked or deleted."),
    "closed": _("The enquiry is closed."),
    "reopened": _("The enquiry is open again."),
    "attached": _("The phrase is added. The assistant knows it from the next message on."),
    "attached-told": _("The phrase is added. The assistant knows it from the next message on. Those who agreed to be told "
                       "receive the answer."),
    "settled": _("The questions are settled."),
    "already": _("Somebody else has settled these questions meanwhile. Nothing was changed."),
    "added": _("The phrase is added. The assistant knows it from the next message on."),
    "removed": _("The phrase is taken back. From the next message on the assistant no longer uses it."),
    "answer-added": _("The answer is added. The assistant knows it from the next message on."),
    "answer-added-told": _("The answer is added. The assistant knows it from the next message on. Those who agreed to be told "
                           "receive it."),
    "answer-changed": _("The answer is changed. The old words stay in the list and can be brought back."),
    "answer-removed": _("The answer is taken back. From the next message on the assistant no longer gives it."),
    "answer-back": _("These words hold again from the next message on."),
    "answer-overtaken": _("Somebody else has changed this answer meanwhile. Nothing was changed."),
    "noted": _("The note is added. The people of the checklist hear of it with their next digest."),
    "published": _("The call is published. Running checklists have moved on to it."),
    "published-later": _("The call is published. Checklists move on to it on its first day."),
    "announcement-running": _("The announcement is on its way."),
    "announcement-proposed": _("The announcement waits for the approval of a second person."),
    "announcement-missing": _("Nothing is sent: some languages of the audience have neither a text nor a fallback."),
    "announcement-same": _("Somebody else than its author has to approve it."),
    "announcement-gone": _("The announcement has changed meanwhile. Nothing was done."),
    "announcement-paused": _("The announcement is paused."),
    "announcement-cancelled": _("The announcement is cancelled."),
    "announcement-tested": _("A test is on its way to your own chat."),
    "announcement-no-chat": _("Your chat is not known: send /staff with the code of a sign-in link there first."),
    "staff-changed": _("The member is changed. They have to sign in again."),
    "staff-signed-out": _("The member is signed out on all devices."),
    "staff-unlinked": _("The chat is no longer linked."),
    "staff-removed": _("The member is removed from the team."),
    "corrected": _("The value is put right."),
    "erased": _("Everything that was held on the person is erased."),
    "set": _("The settings are saved. People hear them within two seconds."),
    "set-nothing": _("Everything is set like that already. Nothing was changed."),
    "signed-out": _("You are signed out."),
    "signed-out-everywhere": _("You are signed out on all devices."),
}
