"""How fast the program is, one module a measure."""

__all__: list[str] = []
