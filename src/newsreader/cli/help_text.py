"""The text that `--help` prints for each command."""

from __future__ import annotations

from typing import Final

_COMMON: Final = """\
  --source PATH    read this folder or post; may be given several times
  --config FILE    use this config file (otherwise $NEWSREADER_CONFIG, or the
                   one in the config folder)
  --log-level L    log debug, info, warning or error and what is above it;
                   otherwise warning
  -V, --version    print the version
"""

READER: Final = f"""\
Usage: newsreader [PATH ...]
       newsreader COMMAND ...

Reads folders of Jekyll posts in the terminal. Without a PATH it opens the
sources and feeds of the config file, or else the sample posts.

  PATH             a folder of posts, or one post; where it is named like a
                   command, write ./ in front of it: ./list

Commands:
  show POST ...    print posts as text, Markdown, HTML or JSON
  list [QUERY]     list the posts, or search them
  index            look for new and changed posts
  bookmarks        list, change, export or import bookmarks
  marks            export or import read marks and reading places
  sources          list, add, remove or move what is read
  feeds            list, add, remove, export or import feeds
  fetch            keep what is new in the feeds as posts
  update           run the update commands of the sources
  config           show, check, edit or set options
  completion       what bash, zsh or fish need to complete the command line
  doctor           look whether all is well; restore a backup
  help [COMMAND]   print this page, or the one of a command

Options, before or after a command:
{_COMMON}\
  -h, --help       print this page, or the one of a command

In the reader, ? shows the keys.
"""

SHOW: Final = f"""\
Usage: newsreader show POST ... [--width N] [--format FORMAT] [--color WHEN]

Prints posts, on a terminal page by page. It reads the files themselves and
needs no index.

  POST             a post file; a folder, for all its posts; the path of a
                   bookmarked post whose file is gone; - for standard input

Options:
  --width N        cells in a line, 10 to 1000; otherwise as many as the
                   terminal has, but at most 84
  --format FORMAT  text, markdown, html, or json (one object a line);
                   otherwise text
  --json           the same as --format json
  --color WHEN     auto, always or never; otherwise auto: on a terminal, or if
                   $FORCE_COLOR is set. $NO_COLOR leaves bold and the like
  --no-pager       do not go through $PAGER (otherwise less)
{_COMMON}\
  -h, --help       print this page
"""

LIST: Final = f"""\
Usage: newsreader list [QUERY] [--sort ORDER] [--format FORMAT] [--limit N]
       newsreader list [QUERY] --null

Lists the posts, or those that match a search, newest first. In the table ● is
an unread post and ★ a bookmarked one. The index is brought up to date first; if
it holds more than 10,000 posts, `newsreader index` does that. It ends with 1
where there is no such post.

  QUERY            words that a post must have, and perhaps
                     "a phrase"  -word  one OR another  (a group)
                     title:word  category:name  tag:name  in:source
                     is:unread  is:read  is:bookmarked  is:duplicate
                     after:2022-02-01  before:2w  on:today
                   in quotes for the shell; after -- where it begins with -

Options:
  --sort ORDER     newest, oldest, title, or unread-first; otherwise newest
  --format FORMAT  table, json (one object a line), or paths; otherwise table
  --json           the same as --format json
  -0, --null       print paths, each followed by a NUL, as `xargs -0` wants them
  -n, --limit N    at most so many posts; otherwise all
{_COMMON}\
  -h, --help       print this page
"""

INDEX: Final = f"""\
Usage: newsreader index [--every-file] [--rebuild]

Looks for new, changed and removed posts. The reader does so as well when it
starts. Where another process is indexing, this one waits for it.

Of more than 10,000 posts it looks at those folders only in which a file has
come, gone or got another name since the last time: a second for a million. A
file that was rewritten in place changes nothing in its folder. The reader sees
it at once, or within minutes if it was not running then.

Options:
  --every-file     look at every file, in all folders
  --rebuild        read every post again, the unchanged ones too
{_COMMON}\
  -h, --help       print this page
"""

BOOKMARKS: Final = f"""\
Usage: newsreader bookmarks list [--format FORMAT]
       newsreader bookmarks add|remove|update POST ...
       newsreader bookmarks note POST [NOTE]
       newsreader bookmarks export FOLDER|FILE
       newsreader bookmarks import FOLDER

A bookmark keeps a copy of its post and of the images that it shows, which can
be read when the files are gone.

  list             the bookmarks, the newest post first
  add, remove      bookmark posts, or take their bookmarks away
  update           keep posts as their files are now
  note             print the note of a bookmark, or write it; "" takes it away
  export           write all bookmarks into a folder, as a Jekyll site with a
                   bookmarks.json; or into one FILE.md, FILE.html or FILE.json
                   to read. Files that are no export's are never changed,
                   other endings are refused; write / behind such a folder
  import           take exported bookmarks back, beside those that are there

  POST             the path of a post, in the file system or below a source

Options:
  --format FORMAT  table or json (one object a line); otherwise table
  --json           the same as --format json
{_COMMON}\
  -h, --help       print this page
"""

MARKS: Final = f"""\
Usage: newsreader marks export [FILE]
       newsreader marks import FILE

Takes read marks and reading places to another machine, and back. The file is
JSON, a line for each post. An import takes nothing away: what was read there or
here is read, and of two reading places the newer one stays. u in the reader
takes back what an import has marked.

  export           write them into FILE, in the place of an earlier export
                   only; without a FILE, or with -, to standard output. With
                   --source, only those of this folder
  import           take what was exported; - for standard input. A source that
                   has another path here is found below the home folder, or by
                   the posts that it holds; --source says which one it is.
                   Marks of posts that are not here yet wait for them

Options:
{_COMMON}\
  -h, --help       print this page

Examples:
  newsreader marks export marks.jsonl
  newsreader marks import marks.jsonl
"""

SOURCES: Final = f"""\
Usage: newsreader sources list [--format FORMAT]
       newsreader sources add FOLDER ... [--name NAME] [--update COMMAND]
       newsreader sources remove SOURCE ...
       newsreader sources move SOURCE FOLDER

The sources stand in the config file. They are what newsreader opens when the
command line names nothing.

  list             the sources, and what is wrong with them
  add              add folders of posts, or posts
  remove           forget sources; files, marks and bookmarks stay
  move             say where a source is now: read marks, bookmarks and reading
                   places of its posts go along

  SOURCE           the name of a source, or its path

Options:
  --name NAME      what to call the source; otherwise what its site is called
  --update COMMAND what `newsreader update` runs in its folder
  --format FORMAT  table or json (one object a line); otherwise table
  --json           the same as --format json
{_COMMON}\
  -h, --help       print this page

Example:
  newsreader sources add ~/news --name News --update "git pull --ff-only"
"""

CONFIG: Final = f"""\
Usage: newsreader config path|show|check|edit
       newsreader config set OPTION VALUE

  path             where the config file is
  show             print it
  check            say every mistake in it with its line; ends with 2 if there
                   is one
  edit             open it in the `editor` of the config, $VISUAL or $EDITOR, a
                   file with every option explained if there is none yet, and
                   check it then
  set              set an option, and leave comments and all else as they are;
                   "" takes it away

Options:
{_COMMON}\
  -h, --help       print this page

Examples:
  newsreader config set theme nord
  newsreader config set text-width 72
"""

COMPLETION: Final = f"""\
Usage: newsreader completion bash|zsh|fish

Prints what a shell needs to complete commands, options, files, categories,
tags, and the names of sources and feeds.

Options:
{_COMMON}\
  -h, --help       print this page

Examples:
  eval "$(newsreader completion bash)"                   in ~/.bashrc
  eval "$(newsreader completion zsh)"                    in ~/.zshrc
  newsreader completion fish > ~/.config/fish/completions/newsreader.fish
"""

FEEDS: Final = f"""\
Usage: newsreader feeds add URL ... [--name NAME] [--category NAME] [--tag TAG]
       newsreader feeds list [--format FORMAT]
       newsreader feeds remove NAME ...
       newsreader feeds import FILE
       newsreader feeds export

The feeds stand in the config file. `newsreader fetch` keeps their entries as
posts.

  add              add a feed, or the one that a web page names
  list             the feeds, and what is wrong with them
  remove           forget feeds; their posts stay
  import           add the feeds of an OPML file, or of newsboat's `urls`;
                   - for standard input
  export           print all feeds as OPML

  NAME             the name of a feed, or its address

Options:
  --name NAME      what to call the feed; otherwise what it calls itself
  --category NAME  what to list its posts under, beside its name
  --tag TAG        a tag for its posts; may be given several times
  --format FORMAT  table or json (one object a line); otherwise table
  --json           the same as --format json
{_COMMON}\
  -h, --help       print this page
"""

FETCH: Final = f"""\
Usage: newsreader fetch [NAME ...] [--format FORMAT]

Asks the feeds for what is new, and keeps it as posts in a folder of this
program, which the reader opens with the other sources. It ends with 1 where a
feed failed.

  NAME             a feed, by its name or address, or a category; otherwise all
                   that are due

Options:
  --format FORMAT  text, or json (one object a line while it goes on);
                   otherwise text
  --json           the same as --format json
{_COMMON}\
  -h, --help       print this page
"""

UPDATE: Final = f"""\
Usage: newsreader update [NAME ...] [--no-index] [--format FORMAT]

Runs the update commands of the sources, such as `git pull --ff-only`, each in
the folder of its source, one after the other, and looks for new posts then. A
command that ends with something else than 0, or not within five minutes, is
told with the last lines that it wrote, and newsreader ends with 1. F5 in the
reader does the same, and so does the option update-interval.

  NAME             a source, by its name or path; otherwise all that have an
                   update command

Options:
  --no-index       do not look for new posts
  --format FORMAT  text, or json (one object a line while it goes on);
                   otherwise text
  --json           the same as --format json
{_COMMON}\
  -h, --help       print this page

Example:
  newsreader update && newsreader list -n 10
"""

DOCTOR: Final = f"""\
Usage: newsreader doctor
       newsreader doctor --restore [BACKUP]

Prints versions, folders, the health of the databases, the backups of the
reading state, and what the terminal can do. It ends with 1 where something is
wrong.

Options:
  --restore        put a backup, otherwise the newest that is whole, in the
                   place of the reading state, which is renamed; close every
                   reader first
{_COMMON}\
  -h, --help       print this page
"""
