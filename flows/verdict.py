"""The words of a verdict: yes, not yet or no; why; who must act; what comes next; what it rests on.

Every sentence rests on the facts that its assessment names; `never` of the facts is heeded: no promise of selection, no
search for partners, no date of a next phase.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from knowledge.dac import DacStatus
from knowledge.eligibility import Assessment, Ground
from locales import Country, Text, _, listing, pgettext

INCOME = "income group of a country on the DAC List"
INCOME_GROUPS = {
    "LDC": pgettext(INCOME, "least developed country"),
    "other low-income": pgettext(INCOME, "low-income country"),
    "lower-middle": pgettext(INCOME, "lower middle-income country or territory"),
    "upper-middle": pgettext(INCOME, "upper middle-income country or territory"),
}
CONTESTED_NAMES = ("XK", "PS", "TW")


class Asker(Enum):
    """From which side the question comes."""

    SOUTH = "south"
    GERMAN = "german"
    OTHER = "other"


class Result(Enum):
    """What a verdict comes to."""

    YES = "yes"
    NOT_YET = "not_yet"
    NO = "no"


RESULTS = {
    Ground.CONDITIONS_MET: Result.YES,
    Ground.NO_GERMAN_PARTNER: Result.NOT_YET,
    Ground.NO_SOUTHERN_PARTNER: Result.NOT_YET,
    Ground.COUNTRY_LEFT: Result.NO,
    Ground.COUNTRY_NOT_LISTED: Result.NO,
    Ground.COUNTRY_IS_GERMANY: Result.NO,
    Ground.NOT_A_MUNICIPALITY: Result.NO,
}


@dataclass(frozen=True)
class Verdict:
    """The outcome of the eligibility flow."""

    assessment: Assessment
    asker: Asker
    german: bool = False
    talked: bool = False
    several: bool = False
    elsewhere: bool = False
    district: bool = False

    @property
    def result(self) -> Result:
        return RESULTS[self.assessment.ground]

    @property
    def headline(self) -> Text:
        """The verdict in one sentence."""
        match self.result:
            case Result.YES:
                return _("Yes: by what you say, the conditions for taking part are met.")
            case Result.NOT_YET:
                return _("Not yet: without a partner municipality on the other side, taking part is not possible.")
            case Result.NO:
                return _("No: by what you say, taking part is not possible.")

    @property
    def reasons(self) -> tuple[Text, ...]:
        """Why, one sentence each."""
        countries = [sentence for status in self.assessment.statuses for sentence in country_sentences(status)]
        district = (_("On the German side districts (Landkreise) take part as well."),) if self.district else ()
        return (*countries, *REASONS.get(self.assessment.ground, ()), *self._partner_reasons(), *district)

    @property
    def actor(self) -> Text | None:
        """Who must act."""
        if self.result is not Result.YES:
            return None
        if self.german and self.asker is Asker.GERMAN:
            return _("Who acts: your municipality. The German side submits the proposal.")
        return _("Who acts: the German partner municipality. Only the German side can submit the proposal.")

    @property
    def next_steps(self) -> tuple[Text, ...]:
        """What to do now."""
        if self.result is Result.YES:
            return self._steps_towards_a_proposal()
        return NEXT_STEPS[self.assessment.ground]

    def _partner_reasons(self) -> tuple[Text, ...]:
        if self.elsewhere:
            return (_("A partner municipality in another country does not replace the German one."),)
        if self.several and self.german and len(self.assessment.listed) < len(self.assessment.statuses):
            return (_("The proposal can therefore only be made with the partner whose country is on the list."),)
        if self.several:
            return (_("One partnership is one municipality from the Global South and one German municipality: "
                      "agree on which partner you want to take part with."),)
        return ()

    def _steps_towards_a_proposal(self) -> tuple[Text, ...]:
        talk = _("Next step: talk with your partner about taking part before anything else.")
        plan = _("Next step: agree with your partner on what the proposal should say.")
        selection = _("Meeting the conditions is not yet a selection: each project phase supports about ten partnerships.")
        unpublished = _("When the next phase starts, and until when proposals can be handed in, is not published.")
        return (plan if self.talked else talk, selection, unpublished)


REASONS: dict[Ground, tuple[Text, ...]] = {
    Ground.CONDITIONS_MET: (_("There is a partner municipality on the other side."),),
    Ground.NO_GERMAN_PARTNER: (_("A municipality without a German partner municipality cannot take part."),),
    Ground.NO_SOUTHERN_PARTNER: (
        _("A partnership is one municipality from the Global South and its German partner municipality; "
          "both are needed."),
        _("The call of 2020 still welcomed German municipalities without a partner. The newer project page no longer "
          "does, and the newer page holds."),
    ),
    Ground.COUNTRY_LEFT: (_("The municipality from the Global South must be in a country on the DAC List."),),
    Ground.COUNTRY_NOT_LISTED: (_("The municipality from the Global South must be in a country on the DAC List."),),
    Ground.COUNTRY_IS_GERMANY: (
        _("If your municipality is in Germany, please change the first answer: you then write from the German side."),
    ),
    Ground.NOT_A_MUNICIPALITY: (
        _("The project is for partnerships between municipalities, and a German municipality submits the proposal."),
        _("Participating municipalities involve groups from politics, business, academia and civil society."),
    ),
}
_ADVICE = _("You are still welcome to ask the team for general advice.")
_TALK_TO_MUNICIPALITY = _("Next step: talk with a municipality that you work with. It can check here for itself.")
_WITHOUT_PARTNER = (
    _("The project does not search for partners. You can ask the team whether the sister offer Municipal Climate "
      "Partnerships is open to municipalities without a partner."),
    _ADVICE,
)
NEXT_STEPS: dict[Ground, tuple[Text, ...]] = {
    Ground.NO_GERMAN_PARTNER: _WITHOUT_PARTNER,
    Ground.NO_SOUTHERN_PARTNER: _WITHOUT_PARTNER,
    Ground.COUNTRY_LEFT: (_ADVICE,),
    Ground.COUNTRY_NOT_LISTED: (_ADVICE,),
    Ground.COUNTRY_IS_GERMANY: (_ADVICE,),
    Ground.NOT_A_MUNICIPALITY: (_TALK_TO_MUNICIPALITY, _ADVICE),
}


def country_sentences(status: DacStatus) -> tuple[Text, ...]:
    """What the DAC List says of a country, its standing first, then what to know about its name or future."""
    country = Country(status.country)
    sentences = [_standing(status, country)]
    if status.under_review is not None:
        sentences.append(status.under_review)
    if status.country == "PS":
        sentences.append(_("The list names it “West Bank and Gaza Strip”."))
    if status.country in CONTESTED_NAMES:
        sentences.append(_("The name used here takes no position on its status."))
    return tuple(sentences)


def _standing(status: DacStatus, country: Country) -> Text:
    if status.listed and status.income_group:
        return _("{country}: on the DAC List ({income_group}).",
                 country=country, income_group=INCOME_GROUPS[status.income_group])
    if status.until is not None:
        return _("{country}: no longer on the DAC List since {year}.", country=country, year=str(status.until + 1))
    return _("{country}: not on the DAC List.", country=country)


def either(countries: tuple[str, ...]) -> Text:
    """"Niger or Nigeria?" """
    return _("Which one do you mean: {countries}?", countries=listing([Country(code) for code in countries], "or"))
