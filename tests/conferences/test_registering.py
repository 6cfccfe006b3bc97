"""Registering for a conference in chat: the questions and their reasons, changing, several people, codes and approval."""

from __future__ import annotations

import re

from bot.conferences.deciding import approve, decline
from bot.conferences.entering import add_access_code
from flows.conference.view import Question, Status
from flows.notices import Links
from locales import Spoken
from tests.support.conferences import answers, comes, german_registers, of, registers, running
from tests.support.pairs import Pair, Person
from tests.support.talk import NOW

ALONE = ("[Yes]", "[Without a partner]", "[A municipality in the Global South]", "Vietnam")


async def test_a_person_registers_and_has_a_confirmation_with_a_code(world: Pair) -> None:
    one, [linh] = await running(world, 1)
    heard = await registers(linh)
    [kept] = await of(world.store, one)
    assert (kept.status, kept.municipality, kept.country, kept.side, kept.names) == (
        Status.CONFIRMED, "Hue", "VN", "south", "Linh Tran")
    assert f"Your confirmation code: {kept.code[:5]}-{kept.code[5:]}" in heard
    assert [file.name for file in linh.replies[-1].body.files] == [
        "Your registration", "Calendar file", "QR code for the entrance", "Confirmation (PDF)", "Page of the conference"]


async def test_every_personal_question_says_why_it_is_asked(world: Pair) -> None:
    _one, [linh] = await running(world, 1)
    await linh.tap("/conf asia-2027 register")
    before = ("yes", "without a partner", "Global South", "Vietnam")
    asked = [await linh.say(line) for line in (*before, *answers("Linh Tran", "Hue"))]
    reasons = re.compile("So that|stands on|writes there|only for|uses it")
    assert [reasons.search(question) is not None for question in asked[5:-1]] == [True] * 9


async def test_before_it_is_sent_every_answer_can_be_changed(world: Pair) -> None:
    one, [linh] = await running(world, 1)
    await linh.tap("/conf asia-2027 register")
    await linh.talk(*ALONE, *answers("Lin Tran", "Hue"), "[No]")
    assert "For Hue, Vietnam: Lin Tran" in linh.text
    await linh.talk("[Change: Lin Tran]")
    assert "For Hue, Vietnam: Linh Tran" in await linh.say("Linh Tran")
    await linh.press("Yes, send it")
    assert [kept.names for kept in await of(world.store, one)] == ["Linh Tran"]


async def test_what_is_kept_is_changed_from_its_summary_and_keeps_its_code(world: Pair) -> None:
    one, [linh] = await running(world, 1)
    await registers(linh)
    [before] = await of(world.store, one)
    await linh.tap("/conf asia-2027 change")
    heard = await linh.talk("[Change: Head of office]", "Mayor", "[Yes, send it]")
    [after] = await of(world.store, one)
    assert "Your change is kept." in heard
    assert (after.code, after.attendees[0].role) == (before.code, "Mayor")


async def test_a_wrong_address_or_number_is_asked_again_and_nothing_is_lost(world: Pair) -> None:
    _one, [linh] = await running(world, 1)
    await linh.tap("/conf asia-2027 register")
    await linh.talk(*ALONE, "Hue", "1", "Linh Tran", "Mayor")
    assert "not a complete e-mail address" in await linh.say("linh at example")
    assert "telephone number" in await linh.say("linh@example.org")
    assert "no complete telephone number" in await linh.say("12")
    assert "Which languages do you speak?" in await linh.say("0234 382 3456")


async def test_a_letter_for_the_visa_is_asked_for_only_by_who_wants_one(world: Pair) -> None:
    one, [linh, bernd] = await running(world, 2)
    await linh.tap("/conf asia-2027 register")
    await linh.talk(*ALONE, *answers("Linh Tran", "Hue"), "[Yes]",
                    "Tran Thi Linh", "12.9.2027", "18.9.2027", "[Yes, send it]")
    await german_registers(bernd)
    south, german = await of(world.store, one)
    assert south.attendees[0].visa is not None
    assert south.attendees[0].visa.name == "Tran Thi Linh"
    assert german.attendees[0].visa is None


async def test_one_person_registers_several_and_says_later_what_each_needs(world: Pair) -> None:
    one, [linh] = await running(world, 1, places=5)
    await linh.tap("/conf asia-2027 register")
    await linh.talk(*ALONE, *answers("Linh Tran", "Hue", "2")[:-1],
                    "-", "[No]", "An Nguyen", "[Yes, send it]")
    await linh.talk("[What An Nguyen needs]", "Engineer", "English, French", "[None]", "no peanuts", "[Skip]", "[Skip]", "[No]")
    [kept] = await of(world.store, one)
    assert kept.people == 2
    an = kept.attendees[1]
    assert (an.names, an.languages, an.diet) == ("An Nguyen", ("en", "fr"), "no peanuts")


async def test_the_conferences_own_questions_are_asked_where_they_apply(world: Pair) -> None:
    way = Question("way", "choice", Spoken((("en", "How do you come?"),)), Spoken((("en", "So that a bus can be booked."),)),
                   (("bus", Spoken((("en", "By bus"),))), ("own", Spoken((("en", "On my own"),)))))
    stop = Question("stop", "text", Spoken((("en", "Where do you get on?"),)), depends_on=("way", "bus"))
    german = Question("office", "text", Spoken((("en", "Which office?"),)), side="german")
    one, [linh] = await running(world, 1, questions=(way, stop, german))
    await linh.tap("/conf asia-2027 register")
    asked = await linh.talk(*ALONE, *answers("Linh Tran", "Hue"), "[No]")
    assert "How do you come? So that a bus can be booked." in asked
    assert "Where do you get on?" in await linh.press("By bus")
    await linh.talk("Central station", "[Yes, send it]")
    [kept] = await of(world.store, one)
    assert kept.answers == {"way": "bus", "stop": "Central station"}


async def test_only_who_has_a_code_that_still_holds_can_register_where_guests_are_invited(world: Pair) -> None:
    one, [linh, other] = await running(world, 2, invitation_only=True)
    async with world.store.write() as connection:
        await add_access_code(connection, one.id, "GUEST-77777", NOW, side="south", country="VN")
    await linh.tap("/conf asia-2027 register")
    assert "That code does not hold" in await linh.say("GUEST-11111")
    await linh.talk("guest 77777", "[Yes]", "[Without a partner]", *answers("Linh Tran", "Hue"), "[No]", "[Yes, send it]")
    [kept] = await of(world.store, one)
    assert (kept.side, kept.country, kept.status) == ("south", "VN", Status.CONFIRMED)
    await other.tap("/conf asia-2027 register")
    assert "used up" in await other.say("GUEST-77777")


async def test_the_team_approves_or_declines_and_the_person_hears_of_it(world: Pair) -> None:
    one, [linh, other] = await running(world, 2, admission="approval")
    assert "The team looks at your registration" in await comes(world, one, linh)
    await comes(world, one, other)
    first, second = await of(world.store, one)
    async with world.store.write() as connection:
        assert await approve(connection, first.id, NOW, Links())
        assert not await approve(connection, first.id, NOW, Links())
        assert await decline(connection, second.id, NOW)
    assert "The team has approved your registration." in (await world.told(linh))[-1].text
    assert "could not confirm your registration" in (await world.told(other))[-1].text
    assert [kept.status for kept in await of(world.store, one)] == [Status.CONFIRMED, Status.DECLINED]


async def test_who_is_registered_already_is_shown_the_registration(world: Pair) -> None:
    one, [linh] = await running(world, 1)
    await comes(world, one, linh)
    assert "You are registered." in await linh.tap("/register asia-2027")
    assert len(await of(world.store, one)) == 1


async def test_after_the_deadline_nobody_registers_or_changes(world: Pair) -> None:
    one, [linh, late] = await running(world, 2)
    await comes(world, one, linh)
    world.clock.moves(days=250)
    assert "registration has closed" in await late.tap("/conf asia-2027 register")
    assert "registration has closed" in await linh.tap("/conf asia-2027 change")


async def test_an_open_registration_goes_on_after_days(world: Pair) -> None:
    one, [linh] = await running(world, 1)
    await linh.tap("/conf asia-2027 register")
    await linh.talk(*ALONE)
    world.clock.moves(days=20)
    await linh.talk(*answers("Linh Tran", "Hue"), "[No]", "[Yes, send it]")
    assert [kept.status for kept in await of(world.store, one)] == [Status.CONFIRMED]


async def to_the_needs(linh: Person) -> None:
    """Up to the question which languages somebody speaks."""
    await linh.tap("/conf asia-2027 register")
    await linh.talk(*ALONE, *answers("Linh Tran", "Hue")[:6])


async def test_a_language_that_is_named_as_an_answer_does_not_switch_the_chat_and_no_interpretation_may_be_typed(
        world: Pair) -> None:
    _one, [linh] = await running(world, 1)
    await to_the_needs(linh)
    assert "Do you need interpretation" in await linh.say("French")
    assert "What do you eat?" in await linh.say("no")


async def test_registering_again_in_the_middle_goes_on_where_one_was(world: Pair) -> None:
    _one, [linh] = await running(world, 1)
    await to_the_needs(linh)
    await linh.tap("/conf asia-2027")
    assert "Which languages do you speak?" in await linh.press("Register")


async def test_a_day_that_a_conference_asks_for_may_be_long_past(world: Pair) -> None:
    since = Question("since", "date", Spoken((("en", "Since when are you partners?"),)))
    one, [linh] = await running(world, 1, questions=(since,))
    await linh.tap("/conf asia-2027 register")
    await linh.talk(*ALONE, *answers("Linh Tran", "Hue"), "[No]", "1 May 2019", "[Yes, send it]")
    assert [kept.answers for kept in await of(world.store, one)] == [{"since": "2019-05-01"}]


async def test_what_was_passed_over_is_named_in_the_summary_by_what_it_was_about(world: Pair) -> None:
    since = Question("since", "date", Spoken((("en", "Since when are you partners?"),)), required=False)
    _one, [linh] = await running(world, 1, questions=(since,))
    await linh.tap("/conf asia-2027 register")
    await linh.talk(*ALONE, *answers("Linh Tran", "Hue"), "[No]", "[Skip]")
    assert "Since when are you partners?" in await linh.talk("[Change: Since when are you partners?]")
    assert "For Hue" in await linh.talk("-")
    assert "rooms without steps" in await linh.talk("[Change: Accessibility]")


async def test_languages_in_arabic_are_joined_by_the_and_that_is_written_with_the_next_word(world: Pair) -> None:
    _one, [linh] = await running(world, 1)
    await to_the_needs(linh)
    await linh.say("/language ar")
    assert "ترجمة شفوية" in await linh.say("العربية والفرنسية")


async def test_nobody_leaves_before_they_have_come(world: Pair) -> None:
    _one, [linh] = await running(world, 1)
    await linh.tap("/conf asia-2027 register")
    await linh.talk(*ALONE, *answers("Linh Tran", "Hue"), "[Yes]", "Linh Tran", "13 September 2027")
    assert "That is before you enter the country, on 13 September 2027." in await linh.say("10 September 2027")
    assert "A letter of invitation for Linh Tran" in await linh.say("18 September 2027")
    await linh.talk("[Change: 13 September 2027]")
    assert "On which day do you leave again?" in await linh.say("20 September 2027")
