from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys

import pytest

import provenance


def modules() -> list[str]:
    return [
        info.name
        for info in pkgutil.walk_packages(provenance.__path__, "provenance.")
        if ".migrations." not in info.name and not info.name.endswith("__main__")
    ]


def test_every_public_name_can_be_had() -> None:
    assert all(getattr(provenance, name) is not None for name in provenance.__all__)
    assert len(provenance.__all__) == len(set(provenance.__all__))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonesuch"):
        _ = provenance.nonesuch


@pytest.mark.parametrize("name", modules())
def test_every_module_says_what_it_offers_and_offers_it(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__, f"{name} has no docstring"
    for public in getattr(module, "__all__", []):
        assert hasattr(module, public), f"{name}.{public}"


@pytest.mark.parametrize("heavy", ["numpy", "sqlalchemy", "trafilatura", "lxml", "wordfreq", "rich"])
def test_importing_the_package_loads_nothing_heavy(heavy: str) -> None:
    code = f"import sys, provenance; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
