"""The widgets on the screen: each shows the values that it is given."""
