"""The parser: turns a post's body (Markdown, HTML, Liquid) into a `Document`."""
