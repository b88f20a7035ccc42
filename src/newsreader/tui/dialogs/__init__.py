"""Screens that stand in front of the panes for a moment: the help, a question, a choice, a note."""
