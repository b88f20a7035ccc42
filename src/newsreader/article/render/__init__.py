"""A document as lines of styled text, ready for a terminal of a given width."""
