"""Pure functions over strings and arrays of tokens: normal forms, words, sentences, quotations, shingles, alignment.

Nothing here knows of articles, outlets or files. Every place is a half-open code-point offset into the text given.
"""
