"""The conferences' part of the desk's map."""

from __future__ import annotations

from bot.desk.guard import Page

from . import badges, check_in, codes, deciding, editing, figures, overview, questions, registrations, steering

ENDINGS = ("", ".csv", ".xlsx")
NUMBER, CODE = r"{number:\d{1,15}}", "{reference:[A-Za-z0-9-]{1,16}}"
ONE, REGISTRATION = f"/conferences/{NUMBER}", f"/registrations/{NUMBER}"

CONFERENCES = (
    *(Page("GET", f"/conferences{ending}", "viewer", overview.listed) for ending in ENDINGS),
    Page("GET", "/conferences/new", "editor", editing.new),
    Page("POST", "/conferences/new", "editor", editing.add),
    Page("GET", ONE, "viewer", overview.shown),
    Page("GET", f"{ONE}/edit", "editor", editing.edit),
    Page("POST", f"{ONE}/edit", "editor", editing.change),
    Page("GET", f"{ONE}/tell", "editor", steering.write),
    Page("POST", f"{ONE}/tell", "editor", steering.tell),
    Page("GET", f"{ONE}/cancel", "editor", steering.ask),
    Page("POST", f"{ONE}/cancel", "editor", steering.cancel),
    *(Page("POST", f"{ONE}/{action}", "editor", steering.steer) for action in steering.ACTIONS),
    Page("GET", f"{ONE}/questions", "viewer", questions.listed),
    Page("POST", f"{ONE}/questions", "editor", questions.keep),
    Page("POST", f"{ONE}/questions/up", "editor", questions.move),
    Page("POST", f"{ONE}/questions/remove", "editor", questions.remove),
    *(Page("GET", f"{ONE}/codes{ending}", "viewer", codes.listed) for ending in ENDINGS),
    Page("POST", f"{ONE}/codes", "editor", codes.add),
    Page("POST", f"{ONE}/codes/remove", "editor", codes.remove),
    *(Page("GET", f"{ONE}/registrations{ending}", "viewer", registrations.listed) for ending in ENDINGS),
    *(Page("GET", f"{ONE}/needs{ending}", "viewer", registrations.counted) for ending in ENDINGS[1:]),
    *(Page("GET", f"{ONE}/pairs{ending}", "viewer", registrations.paired) for ending in ENDINGS[1:]),
    Page("GET", f"{ONE}/figures", "viewer", figures.shown),
    Page("GET", f"{ONE}/badges", "viewer", badges.shown),
    Page("GET", f"{ONE}/check-in", "viewer", check_in.shown),
    Page("GET", f"{ONE}/check-in.json", "viewer", check_in.standing),
    Page("POST", f"{ONE}/check-in", "editor", check_in.pressed),
    Page("GET", f"/check-in/{CODE}", "viewer", check_in.scanned),
    Page("GET", REGISTRATION, "viewer", deciding.shown),
    Page("POST", f"{REGISTRATION}/approve", "editor", deciding.let_in),
    Page("POST", f"{REGISTRATION}/decline", "editor", deciding.turn_down),
    Page("POST", f"{REGISTRATION}/withdraw", "editor", deciding.withdraw),
    Page("POST", f"{REGISTRATION}/advance", "editor", deciding.advance),
    Page("POST", f"{REGISTRATION}/note", "editor", deciding.note),
    Page("GET", f"{REGISTRATION}/file", "viewer", deciding.file),
)
