"""Figures and readability: of any text there is a figure or none, and the formulas are those of their authors."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import ANYTHING, examples, tidy

from pe import readability
from pe.figures import figures_in

WRITTEN = ANYTHING.map(tidy)
QUIET = examples(150)


@QUIET
@given(WRITTEN, st.sampled_from(["en", "sv", "it", "de", "ar", "zz", "", "not a language"]))
def test_any_sentence_has_figures_or_none(text: str, language: str) -> None:
    for figure in figures_in(text, language):
        assert figure.replace(".", "").isdigit()


@pytest.mark.parametrize(
    ("language", "sentence", "figures"),
    [
        ("en", "1,500 people in 2.5 years, B12, COX-2, Q10 and 3-5 mg", ("1500", "2.5", "3", "5")),
        ("sv", "1\u00a0500 personer på 2,5 år, B12, COX-2, Q10 och 3–5 mg", ("1500", "2.5", "3", "5")),
        ("sv", "1 500 personer", ("1500",)),
        ("it", "1.500 persone in 2,5 anni, B12, COX-2, Q10 e 3-5 mg", ("1500", "2.5", "3", "5")),
        ("it", "dalle 9.30 alle 10", ("10", "30", "9")),
        ("en", "0.50 and 007", ("0.50", "7")),
    ],
)
def test_figures_have_one_form_in_all_languages(language: str, sentence: str, figures: tuple[str, ...]) -> None:
    assert figures_in(sentence, language) == figures


@QUIET
@given(st.sampled_from(sorted(readability.FORMULAS)), st.lists(WRITTEN, max_size=8), st.lists(st.text(max_size=12), max_size=4))
def test_any_text_can_be_measured(formula: str, texts: list[str], terms: list[str]) -> None:
    found = readability.measure(formula, texts, readability.Terms(terms))
    if found is not None:
        assert found.words >= found.sentences > 0
        assert math.isfinite(found.score)


def test_formulas_give_the_figures_of_their_authors() -> None:
    # Counted by hand: 2 sentences, 10 words, 12 syllables; 1 long word of 10; 1 sentence, 4 words, 52 letters.
    english = ["The cat sat on the mat.", "It was very happy."]
    found = readability.measure("flesch-kincaid", english, readability.Terms([]))
    assert found and round(found.score, 2) == round(0.39 * 5 + 11.8 * 1.2 - 15.59, 2)
    swedish = ["Katten satt på mattan och spann.", "Hon var mycket lycklig."]
    found = readability.measure("lix", swedish, readability.Terms([]))
    assert found and found.score == 5 + 100 * 1 / 10
    italian = ["L'infiammazione accompagna frequentemente l'affaticamento."]
    found = readability.measure("gulpease", italian, readability.Terms([]))
    assert found and round(found.score, 2) == round(89 + (300 * 1 - 10 * 52) / 4, 2)


def test_a_term_counts_as_one_easy_word_with_its_endings() -> None:
    terms = readability.Terms(["Muskelspasm", "Post-exertional malaise (PEM)", "ME/CFS", "Punto dolente"])
    assert terms.ease(["Muskelspasmerna", "gör", "ont"]) == ["word", "gör", "ont"]
    assert terms.ease(["post-exertional", "malaise", "PEM"]) == ["word", "word"]
    assert terms.ease(["ME", "CFS", "me"]) == ["word", "me"]
    assert terms.ease(["punti", "dolenti"]) == ["word"]
    assert terms.ease(["muskelspasmbehandling"]) == ["muskelspasmbehandling"]
