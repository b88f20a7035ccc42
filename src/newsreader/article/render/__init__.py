"""The layout: turns a document into lines of styled text for a terminal of a given width."""
