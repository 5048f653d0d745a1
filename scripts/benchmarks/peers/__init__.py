"""What people use instead, each run the way its documentation recommends.

Modules here run in an environment of their own and import nothing of the program.
"""

__all__: list[str] = []
