"""Every shipped language says everything, and says it so that buttons, values and commands work."""

from __future__ import annotations

import pytest

from flows import eligibility, enquiry, kinds
from flows.kinds import Options
from knowledge.normal import plain
from locales import SOURCE_LANGUAGE, languages, words
from locales.checks import problems
from locales.coverage import Share, coverage

OPTIONS = {kind for module in (eligibility, enquiry, kinds) for kind in vars(module).values()
           if isinstance(kind, type) and issubclass(kind, Options) and kind is not Options}


@pytest.mark.parametrize("language", languages())
def test_a_language_has_no_problem(language: str) -> None:
    assert [str(problem) for problem in problems(language)] == []


@pytest.mark.parametrize("language", languages())
def test_the_options_of_a_question_differ_when_typed(language: str) -> None:
    for options in OPTIONS:
        labels = [plain(words(language).render(option.label)) for option in options]
        assert len(set(labels)) == len(labels), options.__name__


def test_english_covers_itself() -> None:
    english = next(one for one in coverage() if one.language == SOURCE_LANGUAGE)
    for share in (english.dialogues, english.answers, english.desk):
        assert share == Share(share.total, share.total)
        assert share.total > 0
