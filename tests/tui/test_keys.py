"""Every key of the table does what the table says."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandPalette

from newsreader.config.example import manual_section
from newsreader.config.model import Config
from newsreader.config.values import NamedTexts
from newsreader.store import Everything, PostStore, Query, View
from newsreader.tui.dialogs.confirm import ConfirmScreen
from newsreader.tui.dialogs.help import HelpScreen
from newsreader.tui.keyboard.key_names import FULL_WIDTH
from newsreader.tui.keys import KEYS, Pane, key_of, table_markdown
from tests.tui.driving import NEWEST, OLDEST, SECOND, THIRD, OpenReader

pytestmark = pytest.mark.long


def names(name: str) -> tuple[str, ...]:
    """The keys of a row as Pilot presses them."""
    return tuple(
        "colon" if each == ":" else "question_mark" if each == "?" else each
        for each in key_of(name).keys
    )


def unread(store: PostStore) -> int:
    return store.lists.count(Query(Everything(), View.UNREAD))


@pytest.mark.parametrize("pressed", names("move.down"))
async def test_down_goes_to_the_next_post_and_previews_it(
    open_reader: OpenReader, pressed: str
) -> None:
    async with open_reader() as reader:
        assert (reader.title, reader.article) == (NEWEST, NEWEST)
        await reader.press(pressed)
        assert (reader.title, reader.article) == (SECOND, SECOND)


@pytest.mark.parametrize("pressed", names("move.up"))
async def test_up_goes_to_the_post_before(open_reader: OpenReader, pressed: str) -> None:
    async with open_reader() as reader:
        await reader.press("j", "j", pressed)
        assert reader.title == SECOND


async def test_previewing_does_not_mark_read(open_reader: OpenReader, store: PostStore) -> None:
    async with open_reader() as reader:
        before = unread(store)
        await reader.press("j", "j", "k")
        assert unread(store) == before == 13


@pytest.mark.parametrize("pressed", names("move.page-down"))
async def test_page_down_in_the_list_keeps_one_row(open_reader: OpenReader, pressed: str) -> None:
    async with open_reader((140, 16)) as reader:
        rows = reader.screen.posts.page_rows
        await reader.press(pressed)
        assert reader.screen.posts.cursor == rows - 1 > 0


@pytest.mark.parametrize("pressed", names("move.page-up"))
async def test_page_up_in_the_list(open_reader: OpenReader, pressed: str) -> None:
    async with open_reader((140, 16)) as reader:
        await reader.press("G", pressed)
        assert reader.screen.posts.cursor == 12 - (reader.screen.posts.page_rows - 1)


async def test_half_pages_in_the_list(open_reader: OpenReader) -> None:
    async with open_reader((140, 16)) as reader:
        half = reader.screen.posts.page_rows // 2
        await reader.press("ctrl+d")
        assert reader.screen.posts.cursor == half > 0
        await reader.press("ctrl+u")
        assert reader.screen.posts.cursor == 0


@pytest.mark.parametrize(
    ("bottom", "top"), zip(names("move.bottom"), names("move.top"), strict=True)
)
async def test_bottom_and_top_of_the_list(open_reader: OpenReader, bottom: str, top: str) -> None:
    async with open_reader() as reader:
        await reader.press(bottom)
        assert reader.title == OLDEST
        await reader.press(top)
        assert reader.title == NEWEST


@pytest.mark.parametrize(
    "pressed", ["j", "down", "space", "pagedown", "ctrl+f", "ctrl+d", "G", "end"]
)
async def test_keys_that_go_down_an_article_scroll_it(
    open_reader: OpenReader, pressed: str
) -> None:
    async with open_reader((140, 20)) as reader:
        await reader.press("enter", pressed)
        assert reader.screen.article.scroll_offset.y > 0
        assert reader.article == NEWEST


@pytest.mark.parametrize("pressed", ["k", "up", "b", "pageup", "ctrl+b", "ctrl+u", "g", "home"])
async def test_keys_that_go_up_an_article_scroll_it(open_reader: OpenReader, pressed: str) -> None:
    async with open_reader((140, 20)) as reader:
        await reader.press("enter", "G")
        bottom = reader.screen.article.scroll_offset.y
        await reader.press(pressed)
        assert reader.screen.article.scroll_offset.y < bottom


async def test_space_at_the_end_of_an_article_opens_the_next_unread(
    open_reader: OpenReader,
) -> None:
    async with open_reader((140, 20)) as reader:
        await reader.press("j", "r", "k", "enter", "G", "space")
        assert reader.article == THIRD
        assert reader.pane() is Pane.ARTICLE
        assert reader.screen.article.scroll_offset.y == 0


@pytest.mark.parametrize(
    ("left", "right"), zip(names("pane.left"), names("pane.right"), strict=True)
)
async def test_left_and_right_move_between_panes(
    open_reader: OpenReader, left: str, right: str
) -> None:
    async with open_reader() as reader:
        await reader.press(left)
        assert reader.pane() is Pane.CATEGORIES
        assert reader.screen.categories.has_focus
        await reader.press(right)
        assert reader.screen.posts.has_focus
        await reader.press(right)
        assert reader.screen.article.has_focus
        await reader.press(left)
        assert reader.screen.posts.has_focus


async def test_enter_opens_the_post_and_marks_it_read(
    open_reader: OpenReader, store: PostStore
) -> None:
    async with open_reader() as reader:
        await reader.press("enter")
        assert reader.pane() is Pane.ARTICLE
        assert unread(store) == 12
        row = reader.screen.posts.selected
        assert row is not None
        assert row.read


async def test_enter_in_the_categories_goes_to_the_posts(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("h", "j", "j", "j", "j", "enter")
        assert reader.pane() is Pane.POSTS
        assert reader.screen.posts.listing.title.startswith("水车")
        assert reader.screen.posts.row_count == 8


async def test_the_list_follows_the_cursor_of_the_categories(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("h", "G")
        assert reader.screen.posts.listing.title.startswith("马路")
        assert reader.screen.posts.row_count == 5


async def test_next_unread_skips_what_is_read(open_reader: OpenReader, store: PostStore) -> None:
    async with open_reader() as reader:
        await reader.press("j", "r", "k", "n")
        assert reader.title == THIRD
        await reader.press("p")
        assert reader.title == NEWEST
        assert unread(store) == 12


async def test_next_unread_goes_across_categories(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("h", "G", "enter", "A", "y", "n")
        assert reader.title.startswith("水车日记")
        assert reader.screen.posts.listing.title.startswith("All")


async def test_next_unread_says_when_there_is_none(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("A", "y", "n")
        assert reader.screen.status.message == "Nothing is unread"


async def test_next_unread_in_the_article_opens_it(
    open_reader: OpenReader, store: PostStore
) -> None:
    async with open_reader() as reader:
        await reader.press("enter", "n")
        assert reader.article == SECOND
        assert unread(store) == 11


async def test_next_and_previous_post_from_the_article(
    open_reader: OpenReader, store: PostStore
) -> None:
    async with open_reader() as reader:
        await reader.press("enter", "J", "J")
        assert reader.article == THIRD
        assert unread(store) == 10
        await reader.press("K")
        assert reader.article == SECOND
        assert reader.pane() is Pane.ARTICLE


async def test_next_post_in_the_list_only_selects(
    open_reader: OpenReader, store: PostStore
) -> None:
    async with open_reader() as reader:
        await reader.press("J")
        assert reader.title == SECOND
        assert unread(store) == 13
        await reader.press("K", "K")
        assert reader.screen.status.message == "This is the first post"
        await reader.press("J")
        assert reader.screen.status.message == ""


async def test_bookmark_and_its_removal(open_reader: OpenReader, store: PostStore) -> None:
    async with open_reader() as reader:
        await reader.press("m")
        assert [mark.title for mark in store.bookmarks.all()] == [NEWEST]
        row = reader.screen.posts.selected
        assert row is not None
        assert row.bookmarked
        await reader.press("m")
        assert store.bookmarks.all() == []


async def test_bookmark_from_the_article(open_reader: OpenReader, store: PostStore) -> None:
    async with open_reader() as reader:
        await reader.press("j", "enter", "m")
        assert [mark.title for mark in store.bookmarks.all()] == [SECOND]


async def test_toggle_read(open_reader: OpenReader, store: PostStore) -> None:
    async with open_reader() as reader:
        await reader.press("r")
        assert unread(store) == 12
        await reader.press("r")
        assert unread(store) == 13


async def test_mark_all_read_asks_and_is_undone(open_reader: OpenReader, store: PostStore) -> None:
    async with open_reader() as reader:
        await reader.press("A")
        assert isinstance(reader.dialog(), ConfirmScreen)
        await reader.press("n")
        assert unread(store) == 13
        await reader.press("A", "y")
        assert unread(store) == 0
        await reader.press("u")
        assert unread(store) == 13


async def test_mark_all_read_concerns_the_list_alone(
    open_reader: OpenReader, store: PostStore
) -> None:
    async with open_reader() as reader:
        await reader.press("h", "G", "A", "y")
        assert unread(store) == 8


async def test_undo_takes_back_a_bookmark(open_reader: OpenReader, store: PostStore) -> None:
    async with open_reader() as reader:
        await reader.press("m", "u")
        assert store.bookmarks.all() == []
        await reader.press("u")
        assert reader.screen.status.message == "Nothing to undo"


async def test_views(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("j", "r", "m", "2")
        assert reader.screen.posts.row_count == 12
        assert reader.screen.posts.listing.title.startswith("Unread")
        await reader.press("3")
        assert reader.screen.posts.row_count == 1
        assert reader.title == SECOND
        await reader.press("1")
        assert reader.screen.posts.row_count == 13
        assert reader.title == SECOND


async def test_the_view_goes_with_the_category(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("r", "2", "h", "G")
        assert reader.screen.posts.listing.title.startswith("马路 · unread")
        assert reader.screen.posts.row_count == 4


async def test_a_post_opened_from_the_unread_view_stays_in_it(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("2", "enter")
        assert reader.screen.posts.row_count == 13
        await reader.press("J")
        assert reader.article == SECOND
        await reader.press("q", "2")
        assert reader.screen.posts.row_count == 11


async def test_zoom_shows_the_article_alone(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        screen = reader.screen
        narrow = screen.article.size.width
        await reader.press("z")
        assert reader.pane() is Pane.ARTICLE
        assert screen.article.size.width > narrow
        assert reader.visible_panes() == {Pane.ARTICLE}
        await reader.press("q")
        assert reader.visible_panes() == set(Pane)
        assert reader.pane() is Pane.ARTICLE


async def test_refresh_finds_new_posts(
    open_reader: OpenReader, store: PostStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    scans: list[bool] = []
    monkeypatch.setattr(store.scans, "start", lambda: scans.append(True))
    async with open_reader() as reader:
        await reader.press("f5")
        assert scans == [True]


@pytest.mark.parametrize("pressed", ["colon", "ctrl+p", FULL_WIDTH[":"]])
async def test_palette(open_reader: OpenReader, pressed: str) -> None:
    async with open_reader() as reader:
        await reader.press(pressed)
        assert isinstance(reader.dialog(), CommandPalette)
        await reader.press("escape")
        assert reader.dialog() is None


@pytest.mark.parametrize("pressed", ["question_mark", "f1", FULL_WIDTH["?"]])
async def test_help_lists_every_key_and_can_be_searched(
    open_reader: OpenReader, pressed: str
) -> None:
    async with open_reader() as reader:
        await reader.press(pressed)
        shown = reader.dialog()
        assert isinstance(shown, HelpScreen)
        text = shown.text
        assert all(row.help in text for row in KEYS)
        await reader.press(*"xyzzy")
        assert shown.text == "No key does that."
        await reader.press(*["backspace"] * 5, *"bookmark")
        assert key_of("post.bookmark").help in shown.text
        assert key_of("move.down").help not in shown.text
        await reader.press("escape")
        assert reader.dialog() is None


async def test_q_goes_back_and_then_quits(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("enter", "q")
        assert reader.pane() is Pane.POSTS
        await reader.pilot.press("q")
        await reader.pilot.pause()
        assert reader.app.return_code == 0
        assert reader.app.return_code == 0


async def test_an_input_methods_space_is_the_space_key(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("ideographic_space")
        paged = reader.screen.posts.cursor
        await reader.press("g", "space")
        assert reader.screen.posts.cursor == paged > 0


async def test_full_width_q_quits_as_well(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.pilot.press(FULL_WIDTH["q"])
        await reader.pilot.pause()
        assert reader.app.return_code == 0


async def test_escape_goes_back_but_never_quits(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("enter", "escape")
        assert reader.pane() is Pane.POSTS
        await reader.press("escape")
        assert reader.pane() is Pane.CATEGORIES
        await reader.press("escape")
        assert reader.app.return_code is None


README = Path(__file__).parents[2] / "README.md"


def between(start: str, end: str, text: str) -> str:
    return text[text.index(start) + len(start) : text.index(end)].strip()


def test_the_readme_lists_the_keys_of_the_table() -> None:
    listed = between("<!-- keys -->", "<!-- /keys -->", README.read_text(encoding="utf-8"))
    assert listed == table_markdown().strip()


def test_the_readme_explains_the_options_of_the_config() -> None:
    explained = between("<!-- config -->", "<!-- /config -->", README.read_text(encoding="utf-8"))
    assert explained == manual_section().strip()


def test_ids_and_keys_are_unique() -> None:
    assert len({key.id for key in KEYS}) == len(KEYS)
    names = [name for key in KEYS for name in key.keys]
    assert len(set(names)) == len(names)


def binding(**keys: tuple[str, ...]) -> Config:
    """A config that binds keys; `_` in a name is a point."""
    return Config(
        keys=tuple(
            NamedTexts(line, name.replace("_", "."), texts)
            for line, (name, texts) in enumerate(keys.items(), 1)
        )
    )


async def test_keys_are_bound_by_the_config(open_reader: OpenReader) -> None:
    config = binding(move_down=("x", "ctrl+n"), move_top=("g g",))
    async with open_reader(config=config) as reader:
        await reader.press("x", "ctrl+n")
        assert reader.title == THIRD
        await reader.press("j", "down")
        assert reader.title == THIRD
        await reader.press("g", "g")
        assert reader.title == NEWEST


async def test_a_sequence_waits_and_says_how_it_can_go_on(open_reader: OpenReader) -> None:
    config = binding(move_top=("g g",), move_bottom=("g e", "G"))
    async with open_reader(config=config) as reader:
        await reader.press("j", "g")
        assert "gg first row" in reader.footer
        assert "ge last row" in reader.footer
        await reader.press("e")
        assert reader.title == OLDEST
        assert "search" in reader.footer


async def test_an_unfinished_sequence_does_nothing(open_reader: OpenReader) -> None:
    async with open_reader(config=binding(move_top=("g g",))) as reader:
        await reader.press("j", "g", "j")
        assert reader.title == SECOND
        assert reader.screen.status.message == "gj does nothing"
        await reader.press("g", "escape")
        assert (reader.title, reader.pane()) == (SECOND, Pane.POSTS)
        assert "search" in reader.footer
        await reader.press("g", "/", "g")
        assert reader.title == SECOND


async def test_a_sequence_is_read_though_its_keys_come_at_once(open_reader: OpenReader) -> None:
    async with open_reader(config=binding(move_top=("g g",), move_down=("j",))) as reader:
        await reader.commit("jjggj")
        assert reader.title == SECOND


async def test_bound_keys_are_typed_into_a_line_as_they_are(open_reader: OpenReader) -> None:
    async with open_reader(config=binding(move_down=("水", "x"))) as reader:
        await reader.press("/")
        await reader.commit("水x")
        assert reader.screen.search_bar.input.value == "水x"


@pytest.mark.parametrize("down", ["о", "ξ", "ｊ"])
async def test_other_layouts_and_full_width_forms_work(open_reader: OpenReader, down: str) -> None:
    async with open_reader() as reader:
        await reader.commit(down)
        assert reader.title == SECOND


async def test_other_layouts_type_bound_keys_and_answer_dialogs(
    open_reader: OpenReader, store: PostStore
) -> None:
    async with open_reader(config=binding(move_down=("x",))) as reader:
        await reader.commit("ч")  # x
        assert reader.title == SECOND
        await reader.commit("Ф")  # A
        await reader.commit("н")  # y
        assert unread(store) == 0


async def test_a_letter_of_another_layout_can_be_bound_itself(
    open_reader: OpenReader, store: PostStore
) -> None:
    async with open_reader(config=binding(post_bookmark=("о",))) as reader:
        await reader.commit("о")
        assert [mark.title for mark in store.bookmarks.all()] == [NEWEST]


async def test_the_footer_and_the_help_name_keys_as_they_are_bound(open_reader: OpenReader) -> None:
    async with open_reader(config=binding(search=("ctrl+s",), post_note=())) as reader:
        assert "^s search" in reader.footer
        await reader.press("question_mark")
        shown = reader.dialog()
        assert isinstance(shown, HelpScreen)
        assert "^s " in shown.text
        assert "— " in shown.text


async def test_ctrl_c_says_what_quits_and_then_does(open_reader: OpenReader) -> None:
    async with open_reader(config=binding(app_back=("x",))) as reader:
        await reader.press("ctrl+c")
        assert reader.screen.status.message == "^c again quits, as x does in the lists"
        assert reader.app.return_code is None
        await reader.pilot.press("ctrl+c")
        await reader.pilot.pause()
        assert reader.app.return_code == 0


async def test_ctrl_c_closes_what_is_open(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        for opening in ("question_mark", "colon", "A"):
            await reader.press(opening)
            assert reader.dialog() is not None
            await reader.press("ctrl+c")
            assert reader.dialog() is None
        await reader.press("/", "x", "ctrl+c")
        assert not reader.screen.search_bar.is_open
        assert reader.screen.posts.row_count == 13
