"""Other programs that the reader starts when a key asks for it: none of them knows the screen."""
