"""A generator of planted drifts: fixture articles with facts changed on purpose, and what the program says of them."""
