"""What a finished flow comes to: the words it ends with and what is to be done."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.articles import Article, Kind
from locales import Text, _

from .announcing import Draft
from .case import ending
from .case.dialogues import Filed
from .conference import ending as conferences
from .conference.registering import NotInvited
from .dialogue import Finished, Question
from .enquiry import CONSENT, Enquiry, passed_on
from .replies import ASK_TEAM, CHECK, MENU, Choice, Paragraph, Reply, say, small, strong
from .sources import source_lines
from .state import Session
from .subscriptions import described
from .talk import asked_for
from .turn import Concluded, Described, Effect, Forget, OpenEnquiry
from .verdict import Verdict
from .world import World


@dataclass(frozen=True)
class Conclusion:
    """The replies and effects; `revisable` keeps the answers so that one of them can still be changed.

    `talk` is the number of the enquiry about which the person talks with the team from now on.
    """

    replies: tuple[Reply, ...]
    effects: tuple[Effect, ...] = ()
    revisable: bool = False
    talk: str = ""


def conclude(session: Session, finished: Finished, world: World) -> Conclusion:
    """The words and effects of an outcome.

    Raises TypeError for an outcome that no words exist for: a flow was added without its end.
    """
    match finished.outcome:
        case Verdict() as verdict:
            return _verdict(session, finished.visited, verdict, world)
        case Enquiry() as found:
            return _enquiry(found, world)
        case Draft(decided=False):
            return Conclusion((say(_("Nothing was sent."), choices=(MENU,)),))
        case Draft() as draft:
            return Conclusion((), (draft.effect,))
        case Described() as said:
            return Conclusion((_interested(said),), (said,))
        case bool() as sure:
            return _forgotten() if sure else Conclusion((say(_("Nothing was deleted."), choices=(MENU,)),))
        case outcome if isinstance(outcome, ending.OUTCOMES):
            return Conclusion(*ending.conclude_case(outcome, world), revisable=isinstance(outcome, Filed))
        case outcome if isinstance(outcome, conferences.OUTCOMES):
            mistyped = isinstance(outcome, NotInvited)  # the country can be named anew
            return Conclusion(*conferences.conclude_conference(outcome, world), revisable=mistyped)
        case outcome:
            raise TypeError(f"no words for the outcome {type(outcome).__name__} of {session.flow}")


def _enquiry(found: Enquiry, world: World) -> Conclusion:
    if not found.agreed:
        return Conclusion((say(_("Nothing was kept, and nothing has been passed on."), choices=(MENU,)),))
    asked = OpenEnquiry(world.reference, found.question, found.contact, CONSENT, talk=world.patience if found.talk else None)
    if found.talk:
        told = asked_for(world.reference, *world.notices.reaching(world.language))
        return Conclusion((told,), (asked,), talk=world.reference)
    return Conclusion((say(*passed_on(found, world.reference), choices=(MENU,)),), (asked,))


def _verdict(session: Session, visited: tuple[Question, ...], verdict: Verdict, world: World) -> Conclusion:
    actor = (verdict.actor,) if verdict.actor else ()
    body = (*verdict.reasons, *actor, *verdict.next_steps)
    given = {question: question.kind.label(session.answers[question.key]) for question in visited}
    rests_on = [small(_("{question} – {answer}", question=question.prompt, answer=label))
                for question, label in given.items()]
    changes = [Choice(f"/change {question.key}", _("Change: {answer}", answer=label)) for question, label in given.items()]
    reply = Reply(
        (strong(verdict.headline), *map(Paragraph, body), *map(small, source_lines(_article(verdict), world)),
         small(_("This rests on your answers. You can change each of them below.")), *rests_on),
        (*changes, ASK_TEAM, MENU),
    )
    said = described(dict(session.answers))
    return Conclusion((reply,), (Concluded(session.flow, verdict.result.value), said), revisable=True)


def _interested(said: Described) -> Reply:
    kept = _("Thank you. Announcements are chosen by this from now on. See it with /mydata, delete it with /forget.")
    return say(kept, choices=(MENU,))


def _article(verdict: Verdict) -> Article:
    return Article("verdict", Kind.ANSWER, _("Verdict"), (), facts=verdict.assessment.facts)


def _forgotten() -> Conclusion:
    reply = say(_("Everything kept about you has been deleted. Only this message and the chat's address, which it needs, "
                  "remain for 30 days. If you write again, we start anew."), choices=(CHECK,))
    return Conclusion((reply,), (Forget(),))


def ended() -> Text:
    """What /stop says."""
    return _("This dialogue is closed.")
