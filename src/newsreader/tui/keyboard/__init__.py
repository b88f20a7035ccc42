"""The keyboard: names of keys, keys that the user has bound, layouts, sequences of keys."""
