"""What `--help` prints, a page for each command."""

from __future__ import annotations

from typing import Final

_COMMON: Final = """\
  --source PATH    read this folder or post; may be given several times
  --config FILE    use this config file
  --version        print the version
"""

READER: Final = f"""\
Usage: newsreader [PATH ...]
       newsreader show|list|index|bookmarks ...

Reads folders of Jekyll posts in the terminal. Without a PATH it opens the
sources of the config file, or else the sample posts.

  PATH             a folder of posts, or one post; where it is named like a
                   command, write ./ in front of it: ./list

Commands:
  show POST ...    print posts as text, Markdown, HTML or JSON
  list             list the posts, newest first
  index            look for new and changed posts
  bookmarks        list, add or remove bookmarks

Options, before or after a command:
{_COMMON}\
  -h, --help       print this page, or the one of a command

In the reader, ? shows the keys.
"""

SHOW: Final = f"""\
Usage: newsreader show POST ... [--width N] [--format FORMAT] [--color WHEN]

Prints posts. It reads the files themselves and needs no index.

  POST             a post file; a folder, for all its posts; the path of a
                   bookmarked post whose file is gone; - for standard input

Options:
  --width N        cells in a line, 10 to 1000; otherwise as many as the
                   terminal has, but at most 84
  --format FORMAT  text, markdown, html, or json (one object a line);
                   otherwise text
  --color WHEN     auto, always or never; otherwise auto: on a terminal
{_COMMON}\
  -h, --help       print this page
"""

LIST: Final = f"""\
Usage: newsreader list [--format FORMAT] [--limit N]

Brings the index up to date and lists the posts, newest first. In the table
● is an unread post and ★ a bookmarked one.

Options:
  --format FORMAT  table, json (one object a line), or paths; otherwise table
  --limit N        at most so many posts; otherwise all
{_COMMON}\
  -h, --help       print this page
"""

INDEX: Final = f"""\
Usage: newsreader index [--rebuild]

Looks for new, changed and removed posts. The reader does so as well when it
starts. Where another process is indexing, this one waits for it.

Options:
  --rebuild        read every post again, the unchanged ones too
{_COMMON}\
  -h, --help       print this page
"""

BOOKMARKS: Final = f"""\
Usage: newsreader bookmarks list [--format FORMAT]
       newsreader bookmarks add|remove POST ...

Lists, adds or removes bookmarks. A bookmark keeps a copy of its post, which
can be read when the file is gone.

  POST             the path of a post, in the file system or below a source

Options:
  --format FORMAT  table or json (one object a line); otherwise table
{_COMMON}\
  -h, --help       print this page
"""
