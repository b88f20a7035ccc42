"""Answers from the index: pages of lists, counts, searches. Nothing here writes."""
