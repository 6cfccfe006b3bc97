"""A checklist worked on by two municipalities: conversations of two people on two channels."""

from __future__ import annotations

import asyncio

from bot.messages import Inbound
from bot.store.case_tables import case_enquiry, partnership
from bot.store.schema import enquiry
from flows.turn import Pressed
from tests.support.pairs import Pair, Person, ana_starts, bernd_joins, invited

POINTS = ("talked", "agreement", "long-term", "staff", "participation", "departments", "stakeholders")


async def does_all(person: Person) -> None:
    for point in POINTS:
        await person.tap(f"/case 1 item {point}")
        await person.press("Done")


async def test_a_person_without_a_case_sees_what_a_proposal_needs_and_can_begin(world: Pair) -> None:
    person = world.person("1", "en")
    heard = await person.say("/checklist")
    assert "What is expected of participants" in heard
    assert {"Start a checklist", "I have an invitation code"} <= set(person.buttons)


async def test_a_case_is_opened_with_the_dac_list_looked_up_on_the_way(world: Pair) -> None:
    ana = world.person("ana", "en")
    heard = await ana.talk("/checklist", "[Start a checklist]", "[Yes]", "[The municipality in the Global South]", "Nicaragua")
    assert "Nicaragua: on the DAC List" in heard
    assert "The checklist is open." in await ana.talk("Corinto", "Köln", "Ana Pérez")
    heard = await ana.press("Overview")
    assert "Corinto – Köln" in heard
    assert "▰▱▱▱▱▱▱▱▱▱ 1 of 10 points done" in heard
    assert "✓ 1. Country on the DAC List: done" in heard
    assert "○ 4. Agreement on taking part: you: open, your partner: open" in heard


async def test_no_case_is_opened_for_a_country_that_is_not_listed(world: Pair) -> None:
    person = world.person("1", "en")
    heard = await person.talk("/checklist", "[Start a checklist]", "[Yes]", "[The municipality in the Global South]", "Chile")
    assert "Chile: no longer on the DAC List since 2018." in heard
    assert "no checklist is started" in heard
    assert "Start a checklist" in (await person.say("/checklist") and person.buttons)


async def test_without_consent_nothing_is_kept(world: Pair) -> None:
    person = world.person("1", "en")
    assert "Nothing was kept." in await person.talk("/checklist", "[Start a checklist]", "[No]")


async def test_the_partner_joins_by_link_and_corrects_its_own_entry(world: Pair, ana: Person) -> None:
    code = await invited(ana)
    assert f"https://chat.example.org/?start=join-{code}" in ana.text
    bernd = world.person("bernd", "en", "web")
    heard = await bernd.say(f"/start join-{code}")
    assert "You are invited to the checklist of Corinto – Köln, for Köln." in heard
    assert "Is that right?" in await bernd.press("Yes")
    await bernd.talk("[No]", "Stadt Köln", "[North Rhine-Westphalia]")
    assert "You now work on the checklist of Corinto – Köln." in await bernd.say("Bernd Maier")
    heard = await ana.tap("/case 1 people")
    assert "Stadt Köln, North Rhine-Westphalia, Germany" in heard
    assert "Bernd Maier" in heard
    assert "✓ 2. Both partners are on board: done" in await ana.say("/checklist")


async def test_a_code_can_be_typed_as_it_was_heard_on_the_phone(world: Pair, ana: Person) -> None:
    code = await invited(ana)
    bernd = world.person("bernd", "en", "web")
    heard = await bernd.talk("/checklist", "[I have an invitation code]", code.lower().replace("-", " - ").replace(" ", ""))
    assert "You are invited to the checklist of Corinto – Köln" in heard


async def test_a_stranger_with_an_old_code_gets_nothing(world: Pair, ana: Person) -> None:
    used = await invited(ana)
    await bernd_joins(world.person("bernd", "en", "web"), used)
    replaced = await invited(ana)
    revoked = await invited(ana)
    await ana.tap("/case 1 revoke")
    expired = await invited(ana)
    world.clock.moves(days=15)
    stranger = world.person("stranger", "en", "web")
    heard = {await stranger.say(f"/start join-{code}") for code in (used, replaced, revoked, expired, "AAAAA-AAAAA")}
    assert heard == {"This code does not hold, or no longer. Please ask for a new invitation."}
    assert "You do not work on that checklist." in await stranger.tap("/case 1")
    assert "You do not work on that checklist." in await stranger.tap("/case 1 set talked done 0")


async def test_of_two_who_take_up_one_code_only_the_first_comes_in(world: Pair, ana: Person) -> None:
    code = await invited(ana)
    first, second = world.person("first", "en", "web"), world.person("second", "en", "web")
    for person in (first, second):
        await person.talk(f"/start join-{code}", "[Yes]", "[Yes]", "[Berlin]")
    heard = await asyncio.gather(first.say("Bernd"), second.say("Mallory"))
    assert sorted("You now work on the checklist" in text for text in heard) == [False, True]
    assert sorted("This code does not hold" in text for text in heard) == [False, True]


async def test_the_joined_side_cannot_do_what_only_the_other_may(ana: Person, bernd: Person) -> None:
    heard = await ana.tap("/case 1 item submission")
    assert "Done" not in ana.buttons
    assert "Only Köln can do this." in await ana.tap("/case 1 set submission done 0")
    assert "Only Köln can do this." in await ana.tap("/case 1 due submission")
    assert "Köln: open." in await bernd.tap("/case 1 item submission")
    await ana.tap("/case 1 set agreement done 0")
    heard = await bernd.tap("/case 1 item agreement")
    assert "Corinto: done." in heard
    assert "Köln: open." in heard


async def test_both_finish_the_checklist_together_and_the_german_side_submits(ana: Person, bernd: Person) -> None:
    await does_all(ana)
    heard = await bernd.tap("/case 1 ready")
    assert "Not yet." in heard
    assert "Missing: Staff for the project (Köln)" in heard
    assert "once everything before it is done" in await bernd.tap("/case 1 set submission done 0")
    await does_all(bernd)
    heard = await ana.say("/checklist")
    assert "▰▰▰▰▰▰▰▰▰▱ 9 of 10 points done" in heard
    assert "Everything is done: ready to submit." in heard
    assert "Who acts: Köln. Only the German side can submit the proposal." in heard
    heard = await bernd.press("Can we submit?") if "Can we submit?" in bernd.buttons else await bernd.tap("/case 1 ready")
    assert "Who acts: your municipality." in heard
    assert "How a proposal is handed in is not published, and the team has entered nothing about it." in heard
    assert "The assistant submits nothing by itself." in heard
    await bernd.tap("/case 1 next")
    assert "The German side submits" in bernd.text
    await bernd.press("Done")
    assert "The proposal is marked as submitted." in await ana.say("/checklist")


async def test_a_number_typed_opens_that_point_and_a_label_typed_marks_it(ana: Person) -> None:
    await ana.say("/checklist")
    assert "Staff are released" in await ana.say("6")
    heard = await ana.say("done")
    assert "Noted: “Staff for the project” is now: done." in heard
    assert "(project page), read on 21 November 2026" in heard


async def test_a_free_question_in_between_is_answered(ana: Person) -> None:
    await ana.tap("/case 1 due staff")
    heard = await ana.say("Who has to submit the proposal?")
    assert "The German municipality submits the proposal." in heard
    assert "By when should it be done?" in heard
    assert "Noted: due on 27 November 2026." in await ana.say("next Friday")


async def test_notes_are_seen_by_both_sides(ana: Person, bernd: Person) -> None:
    await ana.tap("/case 1 note staff")
    assert "Your note is kept." in await ana.say("María and José, 20 per cent each")
    heard = await bernd.tap("/case 1 item staff")
    assert "Note by Ana Pérez, 22 November 2026: María and José, 20 per cent each" in heard


async def test_somebody_of_ones_own_side_sees_to_a_point(world: Pair, ana: Person, bernd: Person) -> None:
    rosa = world.person("rosa", "en")
    await rosa.talk(f"/start join-{await invited(ana, 'south')}", "[Yes]", "Rosa Díaz")
    await ana.tap("/case 1 who staff")
    assert "Bernd Maier" not in ana.buttons
    assert "Noted: Rosa Díaz sees to “Staff for the project”." in await ana.press("Rosa Díaz")
    assert "Corinto: open, Rosa Díaz sees to it." in await bernd.tap("/case 1 item staff")


async def test_help_goes_to_the_team_with_the_case_attached(world: Pair, ana: Person) -> None:
    await ana.tap("/case 1 item agreement")
    await ana.press("Needs help")
    heard = await ana.talk("[Yes]", "Where is the text of the agreement?")
    assert "Your question has gone to the team under the number E-" in heard
    assert "Corinto: needs help." in heard
    async with world.store.read() as connection:
        row = (await connection.execute(enquiry.join(case_enquiry).select())).one()
    assert (row.partnership_id, row.item, row.question) == (1, "agreement", "Where is the text of the agreement?")


async def test_concurrent_edits_of_one_item_lose_nothing(world: Pair, ana: Person, bernd: Person) -> None:
    rosa = world.person("rosa", "en")
    await rosa.talk(f"/start join-{await invited(ana, 'south')}", "[Yes]", "Rosa Díaz")
    for person in (ana, rosa):
        await person.tap("/case 1 item staff")
    await rosa.tap("/case 1 note staff")
    await bernd.tap("/case 1 due staff")
    edits = [Inbound("note", "ana", "x1", Pressed("/case 1 set staff done 0")),
             Inbound("note", "rosa", "x2", Pressed("/case 1 set staff progress 0"))]
    first, second = await asyncio.gather(*map(world.engine.submit, edits))
    await asyncio.gather(rosa.say("José is not sure yet"), bernd.say("15.3."))
    told = [replies[0].body.text for replies in (first, second)]
    assert sum("Meanwhile" in text and "both are in the history" in text for text in told) == 1
    heard = await bernd.tap("/case 1 item staff")
    assert "José is not sure yet" in heard
    assert "Köln: open, due on 15 March 2027." in heard
    history = await bernd.tap("/case 1 history")
    assert "Ana Pérez (Corinto): “Staff for the project” is now: done." in history
    assert "Rosa Díaz (Corinto): “Staff for the project” is now: in progress." in history


async def test_leaving_hands_ones_points_over(world: Pair, ana: Person, bernd: Person) -> None:
    rosa = world.person("rosa", "en")
    await rosa.talk(f"/start join-{await invited(ana, 'south')}", "[Yes]", "Rosa Díaz")
    await ana.tap("/case 1 who staff")
    await ana.press("Ana Pérez")
    await ana.tap("/case 1 leave")
    assert "You no longer work on the checklist of Corinto – Köln." in await ana.talk("[Yes]", "[Rosa Díaz]")
    assert "Corinto: open, Rosa Díaz sees to it." in await bernd.tap("/case 1 item staff")
    assert "You do not work on that checklist." in await ana.tap("/case 1")


async def test_a_person_in_several_cases_chooses(world: Pair, ana: Person) -> None:
    await ana.talk("/case", "[Start a checklist]", "[Yes]", "[The municipality in the Global South]", "Nicaragua", "León",
                   "Hamburg", "Ana")
    assert "Which partnership's checklist?" in await ana.say("/checklist")
    assert "León – Hamburg" in await ana.press("León – Hamburg")


async def test_forgetting_takes_ones_name_and_notes_and_leaves_the_others_their_case(ana: Person, bernd: Person) -> None:
    await ana.tap("/case 1 note staff")
    await ana.say("My own note")
    await ana.tap("/case 1 set staff done 0")
    await ana.say("/forget")
    await ana.tap("sure:yes")
    heard = await bernd.tap("/case 1 item staff")
    assert "My own note" not in heard
    assert "Corinto: done." in heard
    history = await bernd.tap("/case 1 history")
    assert "Ana" not in history
    assert "Corinto: “Staff for the project” is now: done." in history


async def test_a_case_goes_with_the_last_who_has_everything_erased(world: Pair, ana: Person) -> None:
    await ana.say("/forget")
    await ana.tap("sure:yes")
    async with world.store.read() as connection:
        assert (await connection.execute(partnership.select())).all() == []


async def test_ana_starts_again_under_the_same_name(world: Pair) -> None:
    ana = world.person("ana", "en")
    assert "The checklist is open." in await ana_starts(ana)


async def test_a_press_on_a_button_of_long_ago_is_shown_by_its_label(world: Pair, ana: Person, bernd: Person) -> None:
    await bernd.say("/checklist")
    await bernd.say("/menu")
    await bernd.tap("/case 1 people")
    transcript = await world.engine.conversations.since("bernd", 0)
    assert [message.body.text for message in transcript if message.author == "person"][-1] == "People and reminders"
