"""The commands, one module each: `run` does what a request asks, and returns the exit code."""
