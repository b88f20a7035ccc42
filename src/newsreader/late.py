"""Names of a package that are imported when they are first asked for.

A reader that is started shows its lists after a fraction of what all of the program takes to
import. A package whose `__init__` gives out names of heavy modules therefore gives them out late.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def late_names(package: str, modules: Mapping[str, str]) -> Callable[[str], object]:
    """Make the `__getattr__` of a package (PEP 562).

    Args:
        package: Its `__name__`.
        modules: The module below the package that each name comes from. No name may be that of a
            module below the package, which becomes an attribute of it as soon as it is imported.

    Returns:
        What imports the module of a name and keeps the name in the package, so that it is called
        once a name; raises `AttributeError` for another name, as Python does.
    """

    def find(name: str) -> object:
        module = modules.get(name)
        if module is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found: object = getattr(import_module(f"{package}.{module}"), name)
        setattr(sys.modules[package], name, found)
        return found

    return find
