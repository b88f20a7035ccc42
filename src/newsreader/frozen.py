"""Frozen, slotted dataclasses that are finished when the first instance is made.

`dataclasses.dataclass` writes and compiles six methods per class while a module is imported, 0.8 ms
in all: of the 140 ms that `newsreader list` took, 63 were those of 78 classes, of which it made
instances of half. Here a class gets its slots at once, and its methods, from `dataclasses` itself,
with its first instance. Type checkers see the original.
"""

from __future__ import annotations

from _thread import RLock  # `threading` brings more than most commands need
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool):
        """Do what `dataclasses.dataclass` does for values: frozen, slotted, without a base class.

        Args:
            frozen: Must be true, and is there so that it reads as the original does.
            slots: Likewise.
        """
        if not (frozen and slots):
            raise TypeError("a class that is not frozen and slotted takes dataclasses.dataclass")
        return _slotted


__all__ = ["dataclass"]

_finishing = RLock()
"""Held while a class is finished: threads may make its first instances at the same time.

A handler of signals, which may come in the midst of that, may make those of another class.
"""

_COPIED = ("__dataclass_params__", "__dataclass_fields__")


def _slotted(plain: type) -> type:
    """Make the class with slots of a plain one, which is asked for its methods later."""
    if plain.__bases__ != (object,):
        raise TypeError(f"{plain.__name__} has a base class: it takes dataclasses.dataclass")
    names = tuple(plain.__annotations__)
    body = {
        name: value
        for name, value in plain.__dict__.items()
        if name not in {*names, "__dict__", "__weakref__"}
    }
    slotted: type
    fields = attrgetter(*names) if names else type

    def finish() -> None:
        with _finishing:
            if slotted.__dict__["__init__"] is first:
                write_methods()

    def write_methods() -> None:
        import dataclasses  # noqa: PLC0415  (late: it brings `inspect`)

        def refuse(_: object, name: str, *__: object) -> None:
            raise dataclasses.FrozenInstanceError(f"cannot change field {name!r}")

        def equals(self: object, other: object) -> bool:
            return fields(self) == fields(other) if type(other) is slotted else NotImplemented

        def show(self: object) -> str:
            shown = (each.name for each in dataclasses.fields(slotted) if each.repr)
            inner = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
            return f"{slotted.__qualname__}({inner})"

        # These need not be compiled.
        dataclasses.dataclass(frozen=True, eq=False, repr=False)(plain)
        methods = {name: plain.__dict__[name] for name in _COPIED}
        methods |= {"__setattr__": refuse, "__delattr__": refuse}
        methods |= {"__eq__": equals, "__hash__": lambda self: hash(fields(self)), "__repr__": show}
        # The last one last, since another thread may be making an instance just now.
        for name, method in (*methods.items(), ("__init__", plain.__dict__["__init__"])):
            setattr(slotted, name, method)

    def first(self: object, *arguments: object, **named: object) -> None:
        finish()
        slotted.__dict__["__init__"](self, *arguments, **named)

    def save(self: object) -> list[object]:
        return [getattr(self, name) for name in names]

    def restore(self: object, values: list[object]) -> None:
        if slotted.__dict__["__init__"] is first:
            finish()
        for name, value in zip(names, values, strict=True):
            object.__setattr__(self, name, value)

    body |= {
        "__slots__": names,
        "__match_args__": names,
        "__init__": first,
        # As `dataclasses` has them: frozen instances are pickled, and copied, by their fields.
        "__getstate__": save,
        "__setstate__": restore,
        "__qualname__": plain.__qualname__,
    }
    slotted = type(plain.__name__, (object,), body)
    return slotted
