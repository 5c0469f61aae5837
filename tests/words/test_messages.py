"""Every message and every label, said with full, least, longest and hostile values, and read by Telegram's parser."""

import re
from typing import Any

import pytest

from bot.splitting import TEXT_LIMIT, split
from bot.wording import Wording
from sop.outgoing import Choice
from tests.handlers.desk import TEMPLATES, office
from tests.latihan.tdlib import parse_html
from tests.words import samples
from tests.words.samples import by_hand

WORDING = Wording(TEMPLATES, office().names)
MESSAGES = samples.joined(samples.read("messages"), by_hand.messages())
PLAIN = {key: [{}] for key, words in WORDING._labels.items() if "{" not in words}  # a label that names nothing
LABELS = samples.joined(samples.read("labels"), PLAIN, by_hand.LABELS)
SPOKEN = [name for name in WORDING.templates if not name.rpartition("/")[2].startswith("_")]
SAID = [name for name in SPOKEN if name in MESSAGES]
WORN = [name for name in WORDING._labels if name in LABELS]
LEFT_BY_THE_PROGRAM = re.compile(
    r"\b(None|True|False|Undefined|nan|datetime|Markup)\b|\[\]|\{\}|\[['\"]|\b20\d\d-\d\d|\{\{|%\}"
)
ENGLISH = re.compile(
    r"\b(the|and|you|your|please|error|failed|invalid|not|with|from|for|by|is|are|was|has|have|success|cancel|back|next"
    r"|yes|no|open|closed|pending|accepted|rejected|returned|done|stored|draft|unknown|days|minutes|of|to|at)\b",
    re.IGNORECASE,
)
IMPOLITE = re.compile(r"\b(anda|kamu|kalian)\b", re.IGNORECASE)
WITHOUT_ZONE = re.compile(r"\bpukul \d\d\.\d\d(?!(–\d\d\.\d\d)? WIB)", re.IGNORECASE)
NOTHING_BETWEEN = re.compile(r"\(\s*\)|“\s*”|\s[,;.](?=\s|$)|,\s*[,.]|:\s*\.$|·\s*$", re.MULTILINE)
# What a person would see as plain text while it means the same to the parser.
HARMLESS = str.maketrans({"<": "‹", ">": "›", "&": "＆", '"': "”", "'": "’"})


def read(source: str) -> tuple[str, list[Any]]:
    answer = parse_html(source)
    assert not isinstance(answer, str), f"{answer}\n{source}"
    return answer


def proper(words: str) -> None:
    assert words.strip()
    for wrong in (LEFT_BY_THE_PROGRAM, IMPOLITE, WITHOUT_ZONE):
        found = wrong.search(words)
        assert not found, f"{found[0]!r} in\n{words}"


def template_words(words: str, params: Any) -> str:
    """What the template says itself: without what people and the office have written."""
    for text in sorted(values(params), key=len, reverse=True):
        words = words.replace(text, "…")
    return words


def values(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in values(inner)]
    if isinstance(value, list | tuple):
        return [text for inner in value for text in values(inner)]
    return [value] if isinstance(value, str) and value.strip() else []


def test_every_message_has_a_sample():
    assert [name for name in SPOKEN if name not in MESSAGES] == []


def test_every_label_has_a_sample():
    assert [name for name in WORDING._labels if name not in LABELS] == []


def test_no_sample_has_outlived_its_message_or_label():
    assert sorted({*MESSAGES} - {*SPOKEN}) == []
    assert sorted({*LABELS} - {*WORDING._labels}) == []


@pytest.mark.parametrize("name", SAID)
def test_a_message_reads_well(name):
    for params in MESSAGES[name]:
        words, _ = read(WORDING.message(name, params))
        proper(words)
        assert len(words) <= TEXT_LIMIT
        found = ENGLISH.search(template_words(words, params))
        assert not found, f"{found[0]!r} in\n{words}"
        gap = NOTHING_BETWEEN.search(words)
        assert not gap, f"{gap[0]!r} in\n{words}"


@pytest.mark.parametrize("name", SAID)
def test_a_message_reads_well_when_there_is_little_to_say(name):
    for params in MESSAGES[name]:
        words, _ = read(WORDING.message(name, samples.least(params, MESSAGES[name])))
        proper(words)


@pytest.mark.parametrize("name", SAID)
def test_a_message_stays_one_message_with_the_longest_values(name):
    for params in MESSAGES[name]:
        words, _ = read(WORDING.message(name, samples.most(params, name)))
        proper(words)
        assert len(words.encode("utf-16-le")) // 2 <= TEXT_LIMIT, f"{len(words)}:\n{words}"


@pytest.mark.parametrize("name", SAID)
def test_what_people_write_stays_text(name):
    for params in MESSAGES[name]:
        hostile = read(WORDING.message(name, samples.with_words(params, samples.HOSTILE)))
        harmless = read(WORDING.message(name, samples.with_words(params, samples.HOSTILE.translate(HARMLESS))))
        assert (hostile[0].translate(HARMLESS), hostile[1]) == (harmless[0].translate(HARMLESS), harmless[1])


@pytest.mark.parametrize("name", SAID)
def test_an_endless_word_can_still_be_sent(name):
    for longer in samples.one_by_one(MESSAGES[name][0], samples.LONG_WORD):
        for part in split(WORDING.message(name, longer)):
            words, _ = read(part)
            assert len(words) <= TEXT_LIMIT


@pytest.mark.parametrize("name", WORN)
def test_a_label_reads_well(name):
    for params in LABELS[name]:
        for given in (params, samples.most(params)):
            label = WORDING.label(Choice("", label_key=name, label=given))
            assert label
            assert len(label) <= 120, label  # one line of a phone holds some 40; the rest is cut by the app
            assert not LEFT_BY_THE_PROGRAM.search(label), label
            assert not IMPOLITE.search(label), label
        assert not ENGLISH.search(template_words(WORDING.label(Choice("", label_key=name, label=params)), params))


@pytest.mark.parametrize("name", WORN)
def test_a_label_is_plain_text_whatever_it_names(name):
    for params in LABELS[name]:
        hostile = WORDING.label(Choice("", label_key=name, label=samples.with_words(params, samples.HOSTILE)))
        harmless = samples.with_words(params, samples.HOSTILE.translate(HARMLESS))
        assert hostile.translate(HARMLESS) == WORDING.label(Choice("", label_key=name, label=harmless)).translate(
            HARMLESS
        )
