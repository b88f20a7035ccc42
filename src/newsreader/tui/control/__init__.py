"""The controllers of the screen: plain objects that know panes by protocols only."""
