"""Documentation that cannot go stale: parts made from the code, and commands whose shown output is what they print."""
