"""MathML on one line."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from newsreader.article.parse.elements.math_line import math_line

X, Y, ONE, TWO = "<mi>x</mi>", "<mi>y</mi>", "<mn>1</mn>", "<mn>2</mn>"
SUM = f"<mrow>{X}<mo>+</mo>{Y}</mrow>"


@pytest.mark.parametrize(
    ("mathml", "line"),
    [
        (f"<mfrac>{ONE}{TWO}</mfrac>", "1/2"),
        (f"<mfrac>{SUM}{TWO}</mfrac>", "(x+y)/2"),
        (f"<mfrac>{ONE}<mrow>{TWO}{X}</mrow></mfrac>", "1/(2x)"),
        (f"<mfrac linethickness=0>{X}{Y}</mfrac>", "x; y"),
        (f"<msqrt>{TWO}</msqrt>", "√2"),
        (f"<msqrt>{X}<mo>+</mo>{ONE}</msqrt>", "√(x+1)"),
        (f"<mroot>{X}<mn>3</mn></mroot><mroot>{X}<mn>5</mn></mroot>", "∛x⁵√x"),
        (f"<msup>{X}{TWO}</msup>", "x²"),
        (f"<msup>{X}{SUM}</msup>", "x^(x+y)"),
        (f"<msup>{SUM}{TWO}</msup>", "(x+y)²"),
        (f"<msup>{X}<mo>′</mo></msup>", "x′"),
        (f"<msub>{X}{ONE}</msub><msub>{X}{Y}</msub>", "x₁x_y"),
        (f"<msubsup>{X}{ONE}{TWO}</msubsup>", "x₁²"),
        (f"<mover>{X}<mo>¯</mo></mover><mover>{X}<mo>→</mo></mover>", "x̄x⃗"),
        (f"<munderover><mo>∑</mo>{ONE}{X}</munderover>", "∑₁^x"),
        (f"<munder><mo>lim</mo>{X}</munder>{Y}", "lim_xy"),
        (f"<mtable><mtr><mtd>{X}</mtd><mtd>{Y}</mtd></mtr><mtr><mtd>{ONE}</mtd></mtr></mtable>",
         "x, y; 1"),
        (f"<mfenced>{X}{Y}</mfenced>", "(x, y)"),
        (f"<mmultiscripts><mi>C</mi>{X}{Y}<mprescripts/>{ONE}{TWO}</mmultiscripts>", "₁²C_x^y"),
        (f"<semantics>{X}<annotation>y</annotation></semantics>", "x"),
        ("<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi>", "sin x"),
        ("<mi>\U0001d465</mi><mphantom><mi>y</mi></mphantom>", "x"),
        ("<msup></msup><mfrac></mfrac><mroot></mroot>", ""),
        ("x^2", "x^2"),
    ],
)  # fmt: skip
def test_mathml_is_written_on_one_line(mathml: str, line: str) -> None:
    math = LexborHTMLParser(f"<body><math>{mathml}</math>").css_first("math")
    assert math is not None
    assert math_line(math) == line
