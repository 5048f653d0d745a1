"""How often the program is right: over any labelled data, and over the gold in ``fixtures/`` against pinned floors.

The program is only ever run as a user runs it, through its commands; nothing of it is imported here.
"""
