"""Every use of a private name of Textual, with its reason.

None of these names is promised to stay: the tests of the screen tell when one of them has gone.
"""
