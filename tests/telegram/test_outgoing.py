from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.channels.telegram.outgoing import keyboard, parts, shortened
from bot.channels.telegram.splitting import MOST_UNITS, pieces, units
from bot.messages import Body, Button, File
from tests.support.bot_html import parse_html


def body(*texts: str, tone: str = "plain", buttons: tuple[Button, ...] = (), files: tuple[File, ...] = ()) -> Body:
    return Body(tuple((tone, text) for text in texts), "en", buttons, files)


def test_tones_become_tags_and_everything_is_escaped() -> None:
    part, = parts(Body((("strong", "A & B"), ("plain", "1 < 2 <script>"), ("small", "Source: \"x\"")), "en"))
    assert part.html == "<b>A &amp; B</b>\n\n1 &lt; 2 &lt;script&gt;\n\n<i>Source: \"x\"</i>"
    assert part.plain == "A & B\n\n1 < 2 <script>\n\nSource: \"x\""


def test_an_empty_body_is_no_message_and_buttons_alone_get_a_text() -> None:
    assert parts(body("", "  ")) == ()
    part, = parts(body(buttons=(Button("a:b", "Yes"),)))
    assert part.plain == "…"


def test_a_long_answer_is_split_between_paragraphs_and_the_buttons_stand_last() -> None:
    split = parts(body("a" * 3000, "b" * 1000, "c" * 2000, buttons=(Button("a:b", "Yes"),)))
    assert [part.plain for part in split] == ["a" * 3000 + "\n\n" + "b" * 1000, "c" * 2000]
    assert [part.keyboard is not None for part in split] == [False, True]


def test_a_text_of_just_the_limit_is_one_message() -> None:
    assert [len(part.plain) for part in parts(body("a" * 4096))] == [4096]
    assert [len(part.plain) for part in parts(body("a" * 2047, "b" * 2047))] == [4096]
    assert [len(part.plain) for part in parts(body("a" * 2047, "b" * 2048))] == [2047, 2048]


def test_a_long_paragraph_is_split_between_sentences_then_words_then_anywhere() -> None:
    sentence = "This is a sentence of forty characters. "
    assert all(piece.endswith(".") for piece in pieces(sentence * 300))
    assert all(piece.endswith("word") for piece in pieces("word " * 3000))
    assert [len(piece) for piece in pieces("x" * 10_000)] == [4096, 4096, 1808]
    assert all(piece.endswith("؟") for piece in pieces("هل يمكن لمدينتي أن تشارك؟ " * 400))
    assert all(piece.endswith("。") for piece in pieces("这是一个句子。" * 1000))


def test_emoji_are_counted_as_apps_count_them() -> None:
    assert [units(piece) for piece in pieces("🌍" * 3000)] == [4096, 1904]


@given(some.lists(some.text(some.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=9000), max_size=4))
def test_no_text_is_lost_and_no_part_is_too_long(texts: list[str]) -> None:
    split = parts(body(*texts, tone="strong"))
    assert [part for part in split if not 0 < units(part.plain) <= MOST_UNITS] == []
    assert "".join("".join(part.plain for part in split).split()) == "".join("".join(texts).split())
    assert [parse_html(part.html)[0] for part in split] == [part.plain for part in split]


def test_files_become_links() -> None:
    part, = parts(body("Here:", files=(File("Form & notes", "https://example.org/?a=1&b=2"),)))
    assert part.html == 'Here:\n\n📄 <a href="https://example.org/?a=1&amp;b=2">Form &amp; notes</a>'
    assert part.plain == "Here:\n\n📄 Form & notes: https://example.org/?a=1&b=2"


@pytest.mark.parametrize(("labels", "rows"), [
    (("Yes", "No"), [["Yes", "No"]]),
    (("Deutsch", "English", "Español", "Français", "العربية"), [["Deutsch", "English", "Español"], ["Français", "العربية"]]),
    (("A municipality in the Global South", "Yes", "No"), [["A municipality in the Global South"], ["Yes", "No"]]),
    ((), None),
])
def test_short_labels_share_a_row(labels: tuple[str, ...], rows: list[list[str]] | None) -> None:
    markup = keyboard(tuple(Button(f"k:{number}", label) for number, label in enumerate(labels)))
    assert (markup and [[button.text for button in row] for row in markup.inline_keyboard]) == rows


def test_labels_are_cut_after_a_word() -> None:
    long = "Association or another organisation of civil society in Germany"
    assert shortened(long) == "Association or another organisation of civil…"
    assert shortened("x" * 80) == "x" * 47 + "…"
    assert shortened("  two\nlines ") == "two lines"
    assert shortened(" ") == "…"


def test_an_id_that_telegram_would_refuse_does_not_take_the_message_with_it() -> None:
    markup = keyboard((Button("x" * 65, "Too long"), Button("ü" * 32, "Just fits"), Button("", "Empty")))
    assert markup is not None
    assert [button.text for row in markup.inline_keyboard for button in row] == ["Just fits"]
