"""What the screen does, as plain objects: they know panes by what these can do."""
