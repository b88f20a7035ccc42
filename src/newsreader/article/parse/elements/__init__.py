"""Elements of a page that take more than a line to read; each module reads one kind."""
