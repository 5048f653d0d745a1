"""A generator of lineages with known trees: who had it from whom is decided before a word is written."""
