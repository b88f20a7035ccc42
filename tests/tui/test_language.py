"""The reader in Chinese."""

from __future__ import annotations

from newsreader.messages import use_language
from newsreader.tui.dialogs.help import HelpScreen
from tests.tui.driving import OpenReader


async def test_the_whole_screen_is_chinese(open_reader: OpenReader) -> None:
    use_language("zh")
    async with open_reader() as reader:
        assert reader.list_title == "全部 · 最新在前"
        assert "搜索" in reader.footer
        assert "13 篇 · 未读 13" in reader.screen.status.render_line(0).text
        await reader.press("enter")
        assert "分钟" in reader.article_text
        await reader.press("q", "2", "A", "y")
        assert reader.screen.status.message == "12 篇已标为已读；按 u 撤销"
        await reader.press("question_mark")
        shown = reader.dialog()
        assert isinstance(shown, HelpScreen)
        assert "下一行" in shown.text
        await reader.press(*"yidu", *["backspace"] * 4)
        await reader.commit("收藏")
        assert "收藏文章，或取消收藏" in shown.text


async def test_a_language_is_chosen_while_reading(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("enter", "colon")
        await reader.commit("language")
        await reader.press("enter")
        await reader.settle()
        await reader.press("down", "down", "enter")
        assert reader.list_title == "全部 · 最新在前"
        assert "大纲" in reader.footer
        assert "分钟" in reader.article_text
        assert "全部" in reader.screen.categories.render_line(0).text
