"""Feeds kept as posts: RSS, Atom and JSON feeds become files in a folder of Jekyll sites.

What is written here is found as any post is: this package knows no store. Nothing opens a socket
but `download`. `aiohttp` and `feedparser` are imported by what fetches, so reading never pays.
"""
