"""`index.db`: what lists and searches need of every post; made anew from the files at any time."""
