"""From files to the index: finding what changed, reading it, and following the folders."""
