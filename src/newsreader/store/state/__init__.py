"""`state.db`: what the reader did. Precious: never lost, never guessed."""
