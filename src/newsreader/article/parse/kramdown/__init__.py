"""Rules of markdown-it for kramdown, the Markdown of Jekyll: a module per construct."""
