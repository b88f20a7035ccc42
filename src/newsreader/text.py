"""The one sanitiser for everything that reaches a terminal."""
