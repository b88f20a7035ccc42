"""Values whose methods are made with the first instance: they do what those of `dataclasses` do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, field
from pathlib import Path
from typing import Any

import pytest

import newsreader.frozen
from newsreader.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """A value with a field of each kind."""

    number: int
    text: str = "a"
    items: list[int] = field(default_factory=list)
    secret: str = field(default="b", repr=False)

    def doubled(self) -> int:
        """A method of its own."""
        return self.number * 2


@dataclass(frozen=True, slots=True)
class Restored:
    """Only ever made from a pickle."""

    number: int


@dataclass(frozen=True, slots=True)
class Checked:
    """Refuses what is not positive."""

    number: int

    def __post_init__(self) -> None:
        if self.number <= 0:
            raise ValueError("not positive")


def test_fields_and_defaults_are_those_of_the_class() -> None:
    one, other = Value(1), Value(1)

    assert (one.number, one.text, one.items, one.secret, one.doubled()) == (1, "a", [], "b", 2)
    assert one.items is not other.items
    assert [each.name for each in dataclasses.fields(Value)] == [
        "number",
        "text",
        "items",
        "secret",
    ]
    with pytest.raises(TypeError):
        Value()  # type: ignore[call-arg]


def test_values_are_compared_and_shown_by_their_fields() -> None:
    assert Value(1) == Value(1) != Value(2)
    assert hash(Restored(1)) == hash(Restored(1))
    others: list[object] = [Checked(1), 1]
    assert Restored(1) not in others
    assert repr(Value(1)) == "Value(number=1, text='a', items=[])"


def test_a_value_cannot_be_changed() -> None:
    value = Value(1)

    with pytest.raises(FrozenInstanceError):
        value.number = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del value.number
    with pytest.raises(FrozenInstanceError):
        value.more = 2  # type: ignore[attr-defined]
    assert not hasattr(value, "__dict__")


def test_a_value_is_copied_replaced_and_taken_apart() -> None:
    value = Value(1, items=[3])

    assert pickle.loads(pickle.dumps(value)) == copy.deepcopy(value) == value
    assert dataclasses.replace(value, text="c") == Value(1, "c", [3])
    assert dataclasses.asdict(value)["items"] == [3]
    match value:
        case Value(number, text):
            assert (number, text) == (1, "a")


def test_the_first_instance_may_come_from_a_pickle() -> None:
    script = (
        "import pickle, sys; sys.path.insert(0, sys.argv[1]);"
        "print(pickle.loads(bytes.fromhex(sys.argv[2])))"
    )
    folder = str(Path(__file__).parents[1])
    raw = pickle.dumps(Restored(7)).hex()
    done = subprocess.run(
        [sys.executable, "-c", script, folder, raw], capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.stderr) == ("Restored(number=7)\n", "")


def test_what_is_checked_after_a_value_is_made_is_checked_with_the_first_one() -> None:
    with pytest.raises(ValueError, match="not positive"):
        Checked(0)


def test_a_class_that_is_more_than_a_value_is_refused() -> None:
    make = vars(newsreader.frozen)["dataclass"]

    with pytest.raises(TypeError, match="base class"):
        make(frozen=True, slots=True)(type("Child", (Value,), {}))
    with pytest.raises(TypeError, match="not frozen"):
        make(frozen=False, slots=True)


def fresh() -> type[Any]:
    @dataclass(frozen=True, slots=True)
    class Fresh:
        number: int

    return Fresh


def test_a_thread_that_comes_while_the_methods_are_made_makes_its_instance_too() -> None:
    cls = fresh()
    before = cls.__init__
    made = cls(1)
    late = object.__new__(cls)
    before(late, 1)
    assert late == made


def test_threads_may_make_the_first_instances_at_the_same_time() -> None:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            for _ in range(50):
                assert {each.number for each in pool.map(fresh(), range(8))} == set(range(8))
    finally:
        sys.setswitchinterval(interval)
