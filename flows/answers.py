"""From what a question was found to mean to the words of the answer, always with source and date.

What hangs on a value (a country's standing, a region's conferences) is computed here from the tables and never written
into an article.
"""

from __future__ import annotations

from dataclasses import replace

from knowledge.articles import Article, Kind
from knowledge.conferences import REGIONS, latest_sentence, past_sentence
from knowledge.finding import STATUS, Finding, Topic
from locales import Country, LanguageName, Text, _, shipped

from .conference.coming import coming, conference_choices, next_sentences
from .counting import Count, question
from .replies import ASK_TEAM, CHECK, HEAR_LATER, MENU, Choice, Paragraph, Reply, say, small
from .sources import source_lines
from .state import State
from .turn import KeepMiss, Turn
from .verdict import country_sentences, either
from .world import World

# Articles about conferences, by the region they are about; None is every region.
CONFERENCE_ARTICLES: dict[str, str | None] = {
    "next-conference": None, "conferences-cycle": None, "conferences-regions": None,
    "conference-africa": "africa", "conference-asia": "asia", "conference-latin-america": "latin-america",
    "conference-eastern-europe": "eastern-europe",
}
NEXT = "next-conference"
MOST_RELATED = 3
CONFERENCE = "conference_interest"  # the dialogue that articles about conferences lead to
CONTACT = "contact"  # the article that the team's own telephone and hours belong to


def answer(state: State, findings: tuple[Finding, ...], world: World) -> Turn:
    """The answers to all questions of one message, the doubts among them put as a choice."""
    replies: list[Reply] = []
    topic, asked, missed, effects = state.topic, state.asked, "", []
    counts: list[Count] = []
    for finding in findings:
        replies.append(_reply(finding, world))
        counts.extend(_counted(finding))
        if finding.certain:
            asked = finding.question
            topic = Topic(finding.hits[0].article, next(iter(finding.countries), None), finding.region)
        else:
            missed = finding.question
            articles = tuple(hit.article for hit in finding.hits)
            effects.append(KeepMiss(finding.question, articles, "unsure" if articles else "unknown"))
    after = replace(state, topic=topic, asked=asked, missed=missed, stopped=False)
    return Turn(after, tuple(replies), tuple(effects), counts=tuple(counts))


def _counted(finding: Finding) -> tuple[Count, ...]:
    """A question by its topic, with the country it names where that is clear."""
    country = finding.countries[0] if len(finding.countries) == 1 else ""
    if finding.certain:
        return question("answered", finding.hits[0].article, country)
    return question("unsure" if finding.hits else "unknown", country=country)


def article_turn(state: State, argument: str, world: World) -> Turn:
    """The answer of a tapped article, "ID" or "ID LANGUAGE"."""
    article_id, _space, language = argument.partition(" ")
    article = world.knowledge.library.articles.get(article_id)
    if article is None:
        return Turn(state, (say(_("That answer no longer exists. Please ask anew."), choices=(MENU,)),))
    finding = Finding("", language=None)
    after = replace(state, topic=Topic(article_id), asked="", stopped=False)
    said = replace(_answered(article, finding, world), language=shipped(language))
    return Turn(after, (said,), counts=question("answered", article_id))


def _reply(finding: Finding, world: World) -> Reply:
    foreign = finding.language if finding.language not in (None, world.language) else None
    reply = _in_chat_language(finding, world)
    if foreign is None:
        return reply
    switch = Choice(f"/language {foreign}", _("Continue in {language}", language=LanguageName(foreign)))
    related = tuple(replace(choice, id=f"{choice.id} {foreign}") if choice.id.startswith("/ask ") else choice
                    for choice in reply.choices)
    return replace(reply, language=foreign, choices=(*related, switch))


def _in_chat_language(finding: Finding, world: World) -> Reply:
    articles = world.knowledge.library.articles
    if finding.certain:
        return _answered(articles[finding.hits[0].article], finding, world)
    if finding.hits:
        offers = tuple(Choice(f"/ask {hit.article}", articles[hit.article].title) for hit in finding.hits)
        return say(_("I am not sure what you mean. Is it one of these?"), choices=(*offers, ASK_TEAM))
    return say(_("I do not know that. I only know what the programme's pages state. Shall I pass your question on to the team?"),
               choices=(ASK_TEAM, HEAR_LATER, MENU))


def _answered(article: Article, finding: Finding, world: World) -> Reply:
    if article.id == STATUS and finding.countries:
        unclear = _ambiguous(finding, world)
        return ambiguous_country(unclear) if unclear else _standing(article, finding.countries, world)
    body = [Paragraph(text) for text in (*article.answer, *_computed(article, finding, world))]
    direct = world.notices.reaching(world.language) if article.id == CONTACT else ()
    body += [Paragraph(text) for text in direct]
    if article.unpublished is not None and not direct and not _announced(article, finding, world):
        body.append(Paragraph(article.unpublished))
        body.append(Paragraph(_("You can pass your question on to the team.")))
    body.extend(map(small, source_lines(article, world)))
    return Reply(tuple(body), _choices(article, world))


def _standing(article: Article, countries: tuple[str, ...], world: World) -> Reply:
    """A country's standing on the list; of several, all, so that none is guessed."""
    dac = world.knowledge.dac
    body: list[Paragraph] = []
    for country in countries[:4]:
        status = dac.status(country, world.today)
        body.extend(Paragraph(sentence) for sentence in country_sentences(status))
        if status.listed and status.since is not None:
            body.append(Paragraph(_("On the list since {year} or earlier.", year=str(status.since))))
    body.append(Paragraph(_("To take part in the project, a German partner municipality is needed as well.")))
    body.extend(map(small, source_lines(article, world)))
    return Reply(tuple(body), (CHECK, *_related(article, world), *_thumbs(article)))


def _ambiguous(finding: Finding, world: World) -> tuple[str, ...]:
    """The countries of a name in the question that fits several: asked about, never all told or one guessed."""
    for mention in world.knowledge.gazetteer.mentions(finding.question, finding.language or world.language):
        named = tuple(dict.fromkeys(place.country for place in mention.places))
        if len(named) > 1 and set(named) & set(finding.countries):
            return named
    return ()


def ambiguous_country(countries: tuple[str, ...]) -> Reply:
    """Which of several countries is meant, each as a button that asks for its standing."""
    choices = tuple(Choice(f"/status {code}", Country(code)) for code in countries[:8])
    return say(either(countries[:8]), choices=choices)


def _computed(article: Article, finding: Finding, world: World) -> tuple[Text, ...]:
    """Past conferences and the expectation, for the region that is named or that the article is about."""
    if article.id not in CONFERENCE_ARTICLES:
        return ()
    region = finding.region if finding.region in REGIONS else CONFERENCE_ARTICLES[article.id]
    if region is None and article.id == NEXT:
        return tuple(sentence for each in REGIONS for sentence in next_sentences(each, world))
    return region_sentences(region, world) if region else ()


def _announced(article: Article, finding: Finding, world: World) -> bool:
    """Whether staff have said what the pages leave open: when and where the next conference is."""
    return article.id == NEXT and any(finding.region in (None, one.region) for one in coming(world))


def region_sentences(region: str, world: World) -> tuple[Text, ...]:
    """What is known of one region's conferences: the past ones, the latest, the expectation."""
    conferences = world.knowledge.conferences
    latest = latest_sentence(conferences.latest(region))
    return (past_sentence(conferences, region), *((latest,) if latest else ()),
            *next_sentences(region, world))


def _choices(article: Article, world: World) -> tuple[Choice, ...]:
    if article.kind is Kind.SMALL_TALK:
        return (CHECK, MENU)
    first = (CHECK,) if article.flow == "eligibility" else conference_choices(world) if article.flow == CONFERENCE else ()
    ask = (ASK_TEAM,) if article.unpublished or article.flow == "enquiry" or article.kind is Kind.OUT_OF_SCOPE else ()
    return (*first, *ask, *_related(article, world), *(_thumbs(article) if article.is_answer else ()))


def _thumbs(article: Article) -> tuple[Choice, ...]:
    return (Choice(f"/helped yes {article.id}", _("👍 Helpful")), Choice(f"/helped no {article.id}", _("👎 Not helpful")))


def _related(article: Article, world: World) -> tuple[Choice, ...]:
    articles = world.knowledge.library.articles
    return tuple(Choice(f"/ask {other}", articles[other].title) for other in article.related[:MOST_RELATED])
