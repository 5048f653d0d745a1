"""Fuzzing: what is run on damaged input, from which seeds, what it must keep to, and what broke it so far."""
