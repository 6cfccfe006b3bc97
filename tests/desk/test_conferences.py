"""The desk's pages about conferences: entering and steering them, their questions and codes, figures and badges."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.conferences.reading import conference_numbered
from bot.desk.conferences.form import filled_in
from bot.store.conference_tables import access_code
from bot.store.database import Store
from flows.codes import key_of
from flows.conference.view import Conference, State
from locales import Spoken
from tests.support.desk import Browser, desk
from tests.support.hosting import AFRICA, ARRIVAL, comes, hosted, told
from tests.support.store import store

__all__ = ["store"]
FORM = filled_in(AFRICA)


@pytest_asyncio.fixture
async def office(store: Store) -> AsyncIterator[Browser]:
    async with desk(store) as opened:
        await opened.sign_in("editor", "Ada")
        yield opened


async def kept(office: Browser, number: int = 1) -> Conference:
    async with office.store.read() as connection:
        found = await conference_numbered(connection, number)
    assert found is not None
    return found


async def test_a_conference_is_entered_changed_and_announced(office: Browser) -> None:
    page = await office.send("/desk/conferences/new", **FORM, **{"title-fr": "Conférence Afrique"})
    assert (page.path, "kept as a draft" in page.words) == ("/desk/conferences/1?note=conference-added", True)
    made = await kept(office)
    assert (made.stored, made.slug, made.places, made.deadline) == (State.DRAFT, "africa-2027", 100, AFRICA.deadline)
    assert made.title.spoken_in("fr") == "Conférence Afrique"
    edited = {**FORM, "places": "80", "german": "20", "quotas": "ke: 5, GH: 3", "invited": "ke gh, tg", "admission": "approval"}
    page = await office.send("/desk/conferences/1/edit", "/desk/conferences/1/edit", **edited)
    assert "The conference is changed." in page.words
    made = await kept(office)
    assert (made.places, made.quotas.german, made.quotas.countries) == (80, 20, {"KE": 5, "GH": 3})
    assert (made.invited, made.admission) == (("KE", "GH", "TG"), "approval")
    assert "people can register" in (await office.send("/desk/conferences/1/announce")).words
    assert (await kept(office)).stored is State.OPEN
    assert "Registration is closed." in (await office.send("/desk/conferences/1/close")).words
    assert "people can register" in (await office.send("/desk/conferences/1/announce")).words
    assert "is a draft again" in (await office.send("/desk/conferences/1/withdraw")).words


async def test_the_form_shows_what_is_kept(office: Browser) -> None:
    await hosted(office.store)
    page = await office.get("/desk/conferences/1/edit")
    for value in ("africa-2027", "Europe/Berlin", "2027-09-08", "Partnerschaftskonferenz Afrika 2027", "conference@example.org"):
        assert f'value="{value}"' in page.text


@pytest.mark.parametrize(("field", "value", "reason"), [
    ("first", "soon", "Please give the first day; days are written as 2027-03-15."),
    ("last", "2027-09-01", "The last day must not be before the first"),
    ("places", "0", "how many places"),
    ("places", "many", "a whole number from 0 to 100,000 for places"), ("zone", "Berlin", "such as Europe/Berlin"),
    ("slug", "Afrika 2027!", "letters from a to z"),
    ("invited", "KE, XX", "“XX” is no code of a country"),
    ("quotas", "KE 5", "KE: 5, GH: 3"), ("region", "moon", "Please choose a region."),
    ("contact", "", "Please give the contact")])
async def test_what_cannot_be_is_refused_with_the_reason_and_nothing_is_lost(
        office: Browser, field: str, value: str, reason: str) -> None:
    page = await office.send("/desk/conferences/new", **{**FORM, field: value})
    assert (page.status, reason in page.words) == (422, True)
    assert "Climate, water; and trade." in page.words
    assert "There is no such conference." in (await office.get("/desk/conferences")).words


async def test_two_conferences_cannot_share_a_link(office: Browser) -> None:
    await hosted(office.store)
    page = await office.send("/desk/conferences/new", **FORM)
    assert (page.status, "has this name in links already" in page.words) == (422, True)


async def test_a_conference_with_registrations_does_not_become_a_draft(office: Browser) -> None:
    await hosted(office.store)
    await comes(office.store)
    assert "Nothing was done" in (await office.send("/desk/conferences/1/withdraw")).words
    assert (await kept(office)).stored is State.OPEN


async def test_calling_off_tells_everybody_in_their_language(office: Browser) -> None:
    await hosted(office.store)
    await comes(office.store)
    await comes(office.store, "B7P4N9QX2M", "Bernd Maier", language="de", status="waiting")
    await comes(office.store, "C7P4N9QX2M", "Kofi", status="withdrawn")
    words = {"message-en": "A storm.", "message-de": "Ein Sturm."}
    page = await office.send("/desk/conferences/1/cancel", **words)
    assert (page.status, "Please tick that you are sure" in page.words, "Ein Sturm." in page.words) == (422, True, True)
    assert await told(office.store) == []
    page = await office.send("/desk/conferences/1/cancel", **words, sure="yes")
    assert "called off" in page.words
    [english, german] = await told(office.store)
    assert english == (1, "The conference “Partnership Conference Africa 2027” (From 8 September 2027 to 10 September 2027) has "
                          "been cancelled by the team.\n\nA storm.\n\nQuestions: conference@example.org")
    assert (german[0], "Ein Sturm." in german[1]) == (2, True)
    assert (await kept(office)).stored is State.CANCELLED


async def test_pressed_twice_calling_off_is_told_once(office: Browser) -> None:
    await hosted(office.store)
    await comes(office.store)
    form = {"token": (await office.get("/desk/conferences/1/cancel")).token, "sure": "yes"}
    pages = await asyncio.gather(*(office.post("/desk/conferences/1/cancel", form) for _press in range(2)))
    assert sorted("Nothing was done" in page.words for page in pages) == [False, True]
    assert len(await told(office.store)) == 1


async def test_a_code_that_is_no_number_is_taken_from_nobody(office: Browser) -> None:
    await hosted(office.store, invitation_only=True)
    for code in ("²", "9" * 30):
        assert (await office.send("/desk/conferences/1/codes/remove", code=code)).status == 200, code
    page = await office.send("/desk/conferences/1/codes", label="Kisumu", side="both", uses="000001" + "9" * 30)
    assert page.status == 422


async def test_a_change_of_dates_and_programme_is_told_where_the_team_wants_it(office: Browser) -> None:
    await hosted(office.store)
    await comes(office.store)
    await office.send("/desk/conferences/1/edit", **{**FORM, "places": "90", "tell": "yes"})
    assert await told(office.store) == [], "who comes need not know that there are fewer places"
    changed = {"last": "2027-09-11", "programme-en": "10 am: opening"}
    await office.send("/desk/conferences/1/edit", **{**FORM, **changed, "tell": "yes"})
    [(_chat, text)] = await told(office.store)
    assert text.split("\n\n") == [
        "The team has changed “Partnership Conference Africa 2027”.",
        "New dates: From 8 September 2027 to 11 September 2027", "The programme has changed: 10 am: opening"]


async def test_questions_are_added_ordered_and_made_to_depend_on_each_other(office: Browser) -> None:
    await hosted(office.store, questions=(ARRIVAL,))
    page = await office.send("/desk/conferences/1/questions", **{
        "words-en": "Which train?", "words-de": "Welcher Zug?", "kind": "text", "side": "south", "depends": "arrival=train"})
    assert "The question is kept." in page.words
    page = await office.send("/desk/conferences/1/questions", **{
        "words-en": "A trip?", "kind": "several", "side": "both", "shared": "yes",
        "options-en": "The harbour\nzoo: The zoo", "options-de": "Der Hafen\nzoo: Der Zoo"})
    _arrival, train, trip = (await kept(office)).questions
    assert (train.key, train.depends_on, train.required, train.side) == ("which-train", ("arrival", "train"), False, "south")
    assert trip.options == (("the-harbour", Spoken((("en", "The harbour"), ("de", "Der Hafen")))),
                            ("zoo", Spoken((("en", "The zoo"), ("de", "Der Zoo")))))
    await office.send("/desk/conferences/1/questions/up", key=trip.key)
    assert [question.key for question in (await kept(office)).questions] == ["arrival", trip.key, "which-train"]
    for _press in range(2):
        await office.send("/desk/conferences/1/questions/up", key="which-train")
    assert [question.key for question in (await kept(office)).questions] == ["arrival", "which-train", trip.key], "never before"
    page = await office.send("/desk/conferences/1/questions/remove", key="arrival")
    assert (page.status, "Another question depends on this one." in page.words) == (422, True)
    await office.send("/desk/conferences/1/questions", **{"key": "which-train", "words-en": "Which one?", "kind": "text",
                                                          "side": "both"})
    changed = (await kept(office)).questions[1]
    assert (changed.key, changed.words.spoken_in("en"), changed.depends_on) == ("which-train", "Which one?", None)
    await office.send("/desk/conferences/1/questions/remove", key="arrival")
    assert [question.key for question in (await kept(office)).questions] == ["which-train", trip.key]


@pytest.mark.parametrize(("form", "reason"), [
    ({"kind": "text", "side": "both"}, "Please write the question"),
    ({"words-en": "Hm?", "kind": "song", "side": "both"}, "what kind of answer"),
    ({"words-en": "Hm?", "kind": "choice", "side": "both", "options-en": "Yes"}, "at least two options"),
    ({"words-en": "Hm?", "kind": "choice", "side": "both", "options-en": "Yes\n" + "x" * 61}, "at most 60 characters"),
    ({"words-en": "Hm?", "kind": "text", "side": "both", "depends": "arrival=boat"}, "an option of a question before it")])
async def test_a_question_that_makes_no_sense_is_refused(office: Browser, form: dict[str, str], reason: str) -> None:
    await hosted(office.store)
    page = await office.send("/desk/conferences/1/questions", **form)
    assert (page.status, reason in page.words) == (422, True)


async def test_a_code_is_shown_once_and_kept_only_as_what_it_is_recognised_by(office: Browser) -> None:
    await hosted(office.store, invitation_only=True)
    page = await office.send("/desk/conferences/1/codes", label="Kisumu", side="south", country="ke", uses="2")
    code = page.words.partition("shown this once: ")[2].partition(" ")[0]
    async with office.store.read() as connection:
        [row] = await connection.execute(select(access_code))
    assert (row.code_hash, row.label, row.side, row.country, row.uses) == (key_of(code), "Kisumu", "south", "KE", 2)
    page = await office.get("/desk/conferences/1/codes")
    assert (code in page.text, "Kisumu" in page.words) == (False, True)
    refused = await office.send("/desk/conferences/1/codes", label="", side="south", uses="2")
    assert refused.status == 422
    assert "The code no longer holds." in (await office.send("/desk/conferences/1/codes/remove", code="1")).words
    assert "There is no code." in (await office.get("/desk/conferences/1/codes")).words


async def test_figures_count_people_and_say_so_in_tables_too(office: Browser) -> None:
    await hosted(office.store)
    assert "Nobody has registered yet." in (await office.get("/desk/conferences/1/figures")).words
    await comes(office.store, guests=3)
    await comes(office.store, "C7P4N9QX2M", "Kofi", municipality="Accra", country="GH", status="waiting")
    page = await office.get("/desk/conferences/1/figures")
    assert page.text.count("<svg") == page.text.count("<tbody") >= 6
    assert "Coming, by country" in page.words
    assert "Kenya 3" in page.words


async def test_badges_are_for_those_who_have_a_place(office: Browser) -> None:
    await hosted(office.store)
    await comes(office.store, guests=2)
    await comes(office.store, "C7P4N9QX2M", "Kofi", municipality="Accra", country="GH", status="waiting")
    page = await office.get("/desk/conferences/1/badges")
    assert ("2 badges." in page.words, "Kofi" in page.words) == (True, False)
    assert "Amina Njoroge Mayor Kisumu Kenya English, French" in page.words


async def test_the_desk_speaks_german_about_conferences(office: Browser) -> None:
    await hosted(office.store)
    office.language = "de"
    assert "Partnerschaftskonferenz Afrika 2027" in (await office.get("/desk/conferences/1")).words


async def test_an_announcement_of_a_conference_is_begun_from_its_page(office: Browser) -> None:
    await hosted(office.store)
    page = await office.get("/desk/conferences/1")
    assert "/desk/announcements/new?conference=1" in page.text
    form = await office.get("/desk/announcements/new", conference="1")
    assert 'value="Partnership Conference Africa 2027"' in form.text
    assert 'name="region.africa" checked' in form.text
