"""The groups of the table of numbers, a module per group: each yields rows."""
