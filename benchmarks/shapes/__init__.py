"""The bodies of made posts, a module per shape."""
