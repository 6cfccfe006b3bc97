"""What people take along: calendar files by RFC 5545, QR codes that a decoder reads, papers in two languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pypdfium2
import pytest
import segno
import zxingcpp
from icalendar import Calendar, Event
from PIL import Image

from bot import qr
from bot.conferences.documents.calendar import feed, single
from bot.conferences.documents.entries import Entry, Touched, entry
from bot.conferences.documents.languages import languages_of
from bot.conferences.documents.paper import confirmation, letter
from flows.conference.view import Attendee, Partner, Registration, Status, Visa
from locales import _, words
from tests.support.hosting import AFRICA, BASE, CODE, NOW

TODAY = date(2027, 5, 1)
GUEST = Attendee("Amina Njoroge", "Mayor", visa=Visa("AMINA W NJOROGE", date(2027, 9, 6), date(2027, 9, 12)), id=1)
MINE = Registration(1, 1, CODE, "south", "Kisumu", "KE", Status.CONFIRMED, 2, "en", {}, (GUEST, Attendee("Peter Otieno", id=2)),
                    1, NOW, partner=Partner(2, "Köln", "DE", Status.CONFIRMED))
ADDRESS = f"{BASE}/r/{CODE}"


def an_entry(**changes: object) -> Entry:
    fields = {"uid": "conference-1@chat.example.org", "title": "Africa, Asia; 2027", "first": date(2027, 9, 8),
              "last": date(2027, 9, 10), "zone": "Europe/Berlin", "place": "Cologne, Germany", "changed": NOW, "revision": 3,
              "text": "Water\nand " + "climate " * 20, "url": f"{BASE}/conferences/africa-2027", "deadline": date(2027, 6, 1)}
    return Entry(**{**fields, **changes})  # type: ignore[arg-type]  # a test's shorthand for the fields


def events(file: bytes) -> list[Event]:
    return [found for found in Calendar.from_ical(file).walk("VEVENT") if isinstance(found, Event)]


def read(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def drawn(pdf: bytes) -> Image.Image:
    picture: Image.Image = pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_pil()
    return picture


def text_of(pdf: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(pdf)]


def test_a_conference_is_whole_days_and_its_end_is_not_counted_twice() -> None:
    days, *_deadline = events(single(an_entry(), "en"))
    assert (days.start, days.end) == (date(2027, 9, 8), date(2027, 9, 11))
    assert (days["uid"], days["sequence"], days["status"]) == ("conference-1@chat.example.org", 3, "CONFIRMED")
    assert (days["summary"], days["location"]) == ("Africa, Asia; 2027", "Cologne, Germany")
    assert days.stamp == NOW


def test_the_deadline_stands_in_the_hosts_time_zone_which_the_file_describes() -> None:
    file = single(an_entry(zone="Africa/Nairobi"), "de")
    deadline = events(file)[1]
    assert deadline["summary"] == words("de").render(_("Last day to register: {title}", title="Africa, Asia; 2027"))
    assert (deadline.start, deadline.duration) == (
        datetime(2027, 5, 31, 21, 0, tzinfo=UTC), timedelta(days=1)), "midnight in Nairobi is nine in the evening in Greenwich"
    calendar = Calendar.from_ical(file)
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Africa/Nairobi"]
    assert calendar.get_missing_tzids() == set()


def test_a_file_keeps_the_rules_of_rfc_5545() -> None:
    file = feed([an_entry(), an_entry(uid="conference-2@chat.example.org", deadline=None)], "en", f"{BASE}/conferences.ics")
    lines = file.split(b"\r\n")
    assert b"\n" not in file.replace(b"\r\n", b""), "lines end with CR LF"
    assert max(map(len, lines)) <= 75, "long lines are folded"
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert {b"VERSION:2.0", b"METHOD:PUBLISH"} <= set(lines)
    assert any(line.startswith(b"PRODID:") for line in lines)
    found = events(file)
    assert len({event["uid"] for event in found}) == len(found) == 3
    assert all(event.get("dtstamp") and event.get("dtstart") and "status" in event for event in found)
    assert b"SUMMARY:Africa\\, Asia\\; 2027" in file
    assert not [error for event in found for error in event.errors]
    again = Calendar.from_ical(file).to_ical()
    assert Calendar.from_ical(again).to_ical() == again


def test_the_feed_is_the_same_each_time_until_something_changes() -> None:
    assert feed([an_entry()], "en", "https://a") == feed([an_entry()], "en", "https://a")
    assert feed([], "en", "https://a").count(b"BEGIN:VEVENT") == 0


def test_what_is_called_off_stays_in_the_calendar_as_cancelled_and_without_a_deadline() -> None:
    [event] = events(single(an_entry(cancelled=True, revision=4), "en"))
    assert (event["status"], event["sequence"]) == ("CANCELLED", 4)


def test_an_entry_counts_up_with_each_change() -> None:
    first = entry(AFRICA, Touched(NOW, NOW), "de", BASE)
    later = entry(AFRICA, Touched(NOW, NOW + timedelta(minutes=5)), "de", BASE)
    assert (first.revision, later.revision) == (0, 300)
    assert (first.title, first.place) == ("Partnerschaftskonferenz Afrika 2027", "Köln, Deutschland")
    assert first.url == f"{BASE}/conferences/africa-2027"


def test_a_decoder_reads_what_a_qr_code_says() -> None:
    rows = qr.modules(ADDRESS)
    picture = Image.new("L", (len(rows), len(rows)))
    picture.putdata([0 if dark else 255 for row in rows for dark in row])
    assert read(picture.resize((len(rows) * 8,) * 2, Image.Resampling.NEAREST)) == [ADDRESS]
    out = BytesIO()
    segno.make(ADDRESS, error="m").save(out, kind="svg", scale=8, border=4, dark=qr.DARK, light=qr.LIGHT)
    assert qr.svg(ADDRESS) == out.getvalue()


@pytest.mark.parametrize(("language", "beside", "two"), [
    ("en", "", ("en", "de")), ("fr", "", ("fr", "en")), ("ar", "de", ("ar", "de")), ("de", "de", ("de", "en")),
    ("de", "fr", ("de", "en"))])
def test_a_paper_stands_in_ones_language_and_in_english_or_german(language: str, beside: str, two: tuple[str, str]) -> None:
    assert languages_of(language, beside) == two


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_confirmation_is_one_page_whose_code_is_read_at_the_entrance(language: str) -> None:
    pdf = confirmation(AFRICA, MINE, ADDRESS, TODAY, languages_of(language, "de"))
    [text] = text_of(pdf)
    assert read(drawn(pdf)) == [ADDRESS]
    assert "K7P4N-9QX2M" in text
    assert {"Kisumu", "Amina", "Otieno", "Köln"} <= set(text.replace(",", " ").split())
    assert {"Partnerschaftskonferenz", "Afrika"} <= set(text.split())
    assert len(pdf) < 100_000


def test_the_letter_names_who_is_invited_and_leaves_room_to_sign() -> None:
    [text] = text_of(letter(AFRICA, MINE, GUEST, TODAY, ("en", "de")))
    assert "We invite AMINA W NJOROGE to this conference:" in text
    assert "Planned stay: from 6 September 2027 to 12 September 2027" in text
    assert "12. September 2027" in text, "the second half is German"
    assert "Place, date, name, signature and stamp" in text
    assert "Valid only with a signature of the Service Agency's team." in text
    assert "euro" not in text.lower(), "nothing is promised that nobody has entered"


def test_nobody_gets_a_letter_who_did_not_ask_for_one() -> None:
    with pytest.raises(ValueError, match="no letter"):
        letter(AFRICA, MINE, MINE.attendees[1], TODAY, ("en", "de"))
