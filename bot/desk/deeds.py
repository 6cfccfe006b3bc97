"""What staff do, and to what, in words: the audit log keeps nothing that is not named here."""

from __future__ import annotations

from collections.abc import Mapping

from locales import Text

from .words import _

DEEDS: Mapping[str, Text] = {
    "signed-in": _("signed in"),
    "signed-out": _("signed out"),
    "signed-out-everywhere": _("signed out on all devices"),
    "enquiry-replied": _("replied"),
    "enquiry-closed": _("closed"),
    "enquiry-reopened": _("opened again"),
    "phrase-added": _("phrase added"),
    "phrase-removed": _("phrase taken back"),
    "misses-settled": _("open questions settled"),
    "answer-added": _("answer added"),
    "answer-changed": _("answer changed"),
    "answer-removed": _("answer taken back"),
    "answer-restored": _("answer brought back"),
    "case-noted": _("note added"),
    "call-published": _("call published"),
    "announcement-composed": _("composed"),
    "announcement-submitted": _("submitted"),
    "announcement-approved": _("approved"),
    "announcement-tested": _("test sent"),
    "announcement-paused": _("paused"),
    "announcement-resumed": _("resumed"),
    "announcement-cancelled": _("cancelled"),
    "staff-added": _("added"),
    "staff-linked": _("sign-in link made"),
    "staff-changed": _("changed"),
    "staff-signed-out": _("signed out by an administrator"),
    "staff-chat": _("chat linked"),
    "staff-unlinked": _("chat unlinked"),
    "staff-removed": _("removed"),
    "person-shown": _("data shown"),
    "person-exported": _("data exported"),
    "person-corrected": _("data corrected"),
    "person-erased": _("data erased"),
    "setting-changed": _("setting changed"),
    "setting-restored": _("setting brought back"),
}
KINDS: Mapping[str, Text] = {
    "enquiry": _("Enquiry"),
    "article": _("Article"),
    "miss": _("Open question"),
    "case": _("Checklist"),
    "call": _("Call"),
    "announcement": _("Announcement"),
    "staff": _("Member of staff"),
    "person": _("Person"),
    "setting": _("Setting"),
}
PLACES: Mapping[str, str] = {"enquiry": "/enquiries", "case": "/cases", "announcement": "/announcements", "person": "/people",
                             "staff": "/staff"}
