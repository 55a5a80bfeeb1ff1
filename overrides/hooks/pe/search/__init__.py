"""The search: an index in small pieces, made at build, so that a reader fetches only what a question needs.

text (folding, words), lay_words (translations/search.LANG.yml), passages (pages cut up), compounds, index (weights),
files (what is published), address (where it lies). The other half, which looks words up in the reader's browser,
stands in overrides/assets/js: guess.js, find.js, search.js.
"""
