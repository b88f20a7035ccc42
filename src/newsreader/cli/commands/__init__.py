"""The commands, a module each: what a request asks for is done here."""
