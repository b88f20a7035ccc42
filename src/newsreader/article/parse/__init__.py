"""A body made into a `Document`: Markdown, HTML and Liquid, each by its own rules."""
