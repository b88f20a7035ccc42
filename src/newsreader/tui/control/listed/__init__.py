"""What the list of posts shows beside its rows."""
