"""A post's body as a document, and what can be asked of one: pure, and nothing of the screen."""
