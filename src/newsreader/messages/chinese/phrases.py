"""What the screen says, by its English words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from newsreader.messages.chinese.key_phrases import KEY_PHRASES

PHRASES: Final[Mapping[str, str]] = {
    **KEY_PHRASES,
    # Dates.
    "undated": "无日期",
    "today": "今天",
    "yesterday": "昨天",
    "tomorrow": "明天",
    "(future)": "（未来）",
    "Mon": "周一",
    "Tue": "周二",
    "Wed": "周三",
    "Thu": "周四",
    "Fri": "周五",
    "Sat": "周六",
    "Sun": "周日",
    # Panes and bars.
    "All": "全部",
    "Unread": "未读",
    "Today": "今天",
    "★ Bookmarks": "★ 收藏",
    "Searches": "搜索",
    "Categories": "分类",
    "Tags": "标签",
    "all": "全文",
    "end": "末尾",
    "{} · {} left": "{} · 还剩 {}",
    "Article": "正文",
    "Article · {}": "正文 · {}",
    "its file has changed: {} shows it": "文件已更改：按 {} 查看",
    "its file is gone, and this is how it was": "文件已不在，这是它原来的样子",
    " · {:,} posts · {:,} unread": " · {:,} 篇 · 未读 {:,}",
    " · {:,} post · {:,} unread": " · {:,} 篇 · 未读 {:,}",
    "looking for posts …": "正在查找文章 …",
    "indexing ": "正在建立索引 ",
    "reading all text ": "正在读取全文 ",
    "source": "个来源",
    "sources": "个来源",
    "updating sources …": "正在更新来源 …",
    "updating sources {} of {}": "正在更新来源 {}/{}",
    "{} {} updated": "已更新 {} {}",
    "fetching feeds …": "正在抓取订阅 …",
    "fetching feeds {:,} of {:,}, {:,} new": "正在抓取订阅 {:,}/{:,}，新增 {:,} 篇",
    "{:,} of {:,}{}": "{:,}/{:,}{}",
    "{:,} new ({})": "新增 {:,} 篇（{}）",
    "{} of {} · {}": "{}/{} · {}",
    "file deleted": "文件已删除",
    "file changed": "文件已更改",
    "edited since": "读后有改动",
    "{} min": "{} 分钟",
    "the file is gone; this is the bookmark's copy": "文件已不在；这是收藏的副本",
    # Titles of lists, and why they are empty.
    "unread": "未读",
    "bookmarks": "收藏",
    "newest first": "最新在前",
    "oldest first": "最早在前",
    "by title": "按标题",
    "unread first": "未读在前",
    "{} · each story once": "{} · 同一报道只列一次",
    "No post matches. Esc gives the list back.": "没有匹配的文章。按 Esc 回到列表。",
    "Looking for posts …": "正在查找文章 …",
    "Looking …": "正在查找 …",
    "No posts here. {} looks again.": "这里没有文章。按 {} 重新查找。",
    "Nothing unread here. Press {} to see all posts.": "这里没有未读。按 {} 显示全部文章。",
    "No bookmarks here yet. {} bookmarks a post; {} shows all.": (
        "这里还没有收藏。按 {} 收藏文章，按 {} 显示全部。"
    ),
    # What was done.
    "Marked read{}": "已标为已读{}",
    "Marked unread{}": "已标为未读{}",
    "Marked read{}: nothing is saved": "已标为已读{}：什么都没有保存",
    " until you quit": "（仅到退出为止）",
    "There is no list to mark": "没有可标记的列表",
    "Nothing is unread here": "这里没有未读",
    "Mark {} in “{}” read?": "将“{1}”中的 {0}标为已读？",
    "{:,} post": "{:,} 篇",
    "{:,} posts": "{:,} 篇",
    "{:,}+ posts": "{:,}+ 篇",
    "It lasts until you quit; {} takes it back.": "仅到退出为止；按 {} 撤销。",
    "{} takes it back.": "按 {} 撤销。",
    "{:,} marked read{}; {} undoes": "{:,} 篇已标为已读{}；按 {} 撤销",
    "★ Bookmarked": "★ 已收藏",
    "★ Bookmarked {}": "★ 已收藏 {}",
    "★ Bookmarked, with a note": "★ 已收藏，附批注",
    "Bookmark removed; {} brings it back": "已取消收藏；按 {} 恢复",
    "Bookmark updated; {} brings the old version back": "已更新收藏；按 {} 恢复旧版本",
    "The bookmark is as the file is": "收藏与文件一致",
    "This post is not bookmarked": "这篇文章没有收藏",
    "Its file is gone; the bookmark is all there is": "文件已不在，只剩收藏",
    "Note saved": "批注已保存",
    "Note removed; {} brings it back": "批注已删除；按 {} 恢复",
    "The version you bookmarked": "收藏时的版本",
    "The file as it is now": "现在的文件",
    "There is only one version of this post": "这篇文章只有一个版本",
    "This is the version you bookmarked; {} shows the file as it is now.": (
        "这是收藏时的版本；按 {} 查看现在的文件。"
    ),
    "The file has changed since you bookmarked it: {} shows your copy, {} replaces it.": (
        "收藏之后文件有改动：按 {} 查看收藏的副本，按 {} 更新收藏。"
    ),
    "Undone{} ({} redoes): {}": "已撤销{}（按 {} 重做）：{}",
    "Nothing to undo": "没有可撤销的操作",
    "Done again{}: {}": "已重做{}：{}",
    "Nothing to do again": "没有可重做的操作",
    "Saving …": "正在保存 …",
    "Marking {} read …": "正在将 {}标为已读 …",
    "Undoing …": "正在撤销 …",
    "Doing it again …": "正在重做 …",
    # Going from post to post.
    "This is the first post": "已是第一篇",
    "This is the last post": "已是最后一篇",
    "Nothing else is unread": "没有其他未读",
    "Nothing is unread": "没有未读",
    "No new posts have come since the list was opened": "打开列表之后没有新文章",
    "They stand among the others; {} sorts them by date": "新文章在列表之中；按 {} 按日期排序",
    "Each story is shown once; {} shows the posts that tell it": (
        "同一报道只列一次；按 {} 查看各篇"
    ),
    "Every post is shown": "已全部列出",
    "No other post tells this": "没有同一报道的其他文章",
    "{} posts tell this": "{} 篇文章报道此事",
    "A list by title has no order in time; {} sorts it": "按标题排列的列表没有时间顺序；按 {} 排序",
    "No post of this list has a date": "列表中的文章都没有日期",
    "Timeline · {}": "时间线 · {}",
    # Looking for posts.
    "Nothing new": "没有新文章",
    "{:,} new": "新增 {:,} 篇",
    "{:,} changed": "更新 {:,} 篇",
    "{:,} removed": "移除 {:,} 篇",
    "{:,} of {:,} feeds failed": "{1:,} 个订阅中有 {0:,} 个失败",
    "The feeds cannot be fetched: {}.": "无法抓取订阅：{}。",
    # Searching.
    "Find": "查找",
    "in this article": "在正文中",
    'words  "a phrase"  -without  title:  tag:  is:unread  after:2w': (
        '词语  "短语"  -排除  title:标题  tag:标签  is:unread  after:2w'
    ),
    "This search is empty.": "搜索内容为空。",
    "Not found in this article": "正文中没有找到",
    "not found": "没有找到",
    "1 match": "1 处匹配",
    "{:,} matches": "{:,} 处匹配",
    "Go to": "转到",
    "tag": "标签",
    # In the article.
    "No links on the screen": "屏幕上没有链接",
    "No text on the screen": "屏幕上没有文字",
    "Nothing is selected": "没有选中文字",
    "Copied {:,} characters": "已复制 {:,} 个字符",
    "Copied {}": "已复制 {}",
    "Copied the article: {:,} characters": "已复制全文：{:,} 个字符",
    "Too long to copy: {:,} bytes, and the clipboard takes {:,}. {} saves the article": (
        "太长，无法复制：共 {:,} 字节，剪贴板最多 {:,}。按 {} 保存文章"
    ),
    "This post is still being read": "正在读取这篇文章",
    "This post has no link of its own": "这篇文章没有原文链接",
    "This link may not be opened": "不允许打开这个链接",
    "Opening {}": "正在打开 {}",
    "This article has no sections": "正文没有小节",
    "This is the last section": "已是最后一节",
    "This is the beginning": "已是开头",
    # Dialogs and the palette.
    "Keys": "按键",
    "type to search · Esc closes": "输入以搜索 · Esc 关闭",
    "No key does that.": "没有这样的按键。",
    "filter": "筛选",
    "type to filter · Enter goes there · Esc closes": "输入以筛选 · Enter 转到 · Esc 关闭",
    "y yes · n no": "y 是 · n 否",
    "Enter chooses": "Enter 选定",
    "Note · {}": "批注 · {}",
    "^j new line · Enter saves · Esc cancels": "^j 换行 · Enter 保存 · Esc 放弃修改",
    "Theme": "主题",
    "Search for commands and posts …": "搜索命令和文章 …",
    "Language": "语言",
    "As the environment has it": "跟随系统环境",
    "Sort: {}": "排序：{}",
    "Go to {}": "转到 {}",
    "{}: {}, also from now on": "{}：{}，今后也用",
    # Keys of no action, and quitting.
    "{} does nothing": "{} 没有作用",
    "^c again quits, as {} does in the lists": "再按 ^c 退出，与列表中的 {} 相同",
    "One pane has the whole screen": "一个窗格占满了屏幕",
    "Save as Markdown": "存为 Markdown",
    "a folder, or a new file.md · Enter saves · Esc leaves": (
        "文件夹，或新的 .md 文件 · Enter 保存 · Esc 离开"
    ),
    "Give the article to a command": "将正文交给命令",
    "as Markdown, such as: glow -p · Enter runs it · Esc leaves": (
        "Markdown 格式，例如：glow -p · Enter 运行 · Esc 离开"
    ),
    "Saved as {}": "已保存为 {}",
    "Not saved: {}: {}": "没有保存：{}：{}",
    "There is no folder {}": "没有文件夹 {}",
    "{} is no folder": "{} 不是文件夹",
    "{}: there is no such user": "{}：没有这个用户",
    "There are too many files of that name already": "同名文件太多",
    "The file of this post is gone; what is shown is the bookmark's copy": (
        "文章的文件已不在；这里显示的是收藏的副本"
    ),
    # When the reader begins.
    "These are the sample posts; `newsreader FOLDER` opens your own": (
        "这些是示例文章；用 `newsreader 文件夹` 打开自己的"
    ),
    "These are the sample posts; `newsreader FOLDER` opens your own,"
    " `newsreader feeds add URL` follows a site.": (
        "这些是示例文章；用 `newsreader 文件夹` 打开自己的文章，"
        "用 `newsreader feeds add 网址` 订阅网站。"
    ),
    "{} fetches your feeds.": "按 {} 抓取订阅。",
    "There is no theme “{}”; there are {}.": "没有主题“{}”；现有 {}。",
    "{} ({:,} more: {} lists them)": "{}（另有 {:,} 条：按 {} 列出）",
    "{} shows all": "按 {} 看全部",
    "Nothing has been said yet": "还没有消息",
    "Sources": "来源",
    "Images need Pillow: pip install 'newsreader-tui[images]' brings it": (
        "看图需要 Pillow：用 pip install 'newsreader-tui[images]' 安装"
    ),
    "This article has no images of its own site": "正文中没有本站的图片",
    "as the terminal's background is": "随终端背景",
    "Loading …": "正在载入…",
    "This file is too large": "文件太大",
    "There are no colours to show it with": "终端没有颜色，无法显示",
    "It has more pixels than are decoded": "像素过多，不予解码",
    "It cannot be decoded": "无法解码",
    "{:,} of {:,}": "{:,}/{:,}",
    "n p next and previous · q closes": "n p 下一张、上一张 · q 关闭",
    "q closes": "q 关闭",
    "Esc closes": "Esc 关闭",
    "Welcome": "欢迎",
    "any key closes this": "按任意键关闭",
    "next and previous post": "下一篇、上一篇",
    "read it": "阅读",
    "all keys": "全部按键",
    "back; in the lists, quit": "返回；在列表中则退出",
    "newsreader FOLDER": "newsreader 文件夹",
    "opens your own": "打开自己的文章",
    "newsreader feeds add URL": "newsreader feeds add 网址",
    "follows a site": "订阅网站",
    "These posts come with newsreader: invented news.": (
        "这些是随程序附带的示例文章：虚构的新闻。"
    ),
    # Other programs.
    "clipboard": "剪贴板",
    "The clipboard does not answer": "剪贴板没有响应",
    "{} failed with status {}": "{} 失败，状态 {}",
    "The browser": "浏览器",
    "No browser is found here: name one with `browser` in the config": (
        "找不到浏览器：请在配置中用 `browser` 指定"
    ),
    "{}. {} copies the link": "{}。按 {} 复制链接",
    "{} is no command: {}": "{} 不是命令：{}",
    "{}: there is no program {}": "{}：没有程序 {}",
    "{} cannot be run: {}": "无法运行 {}：{}",
    "{} is done": "{} 已完成",
    "{}: exit status {}": "{}：退出状态 {}",
    "\n[exit status {} · Enter goes back]": "\n[退出状态 {} · 按 Enter 返回]",
    "This terminal cannot be left to another program": "不能把这个终端交给其他程序",
}
