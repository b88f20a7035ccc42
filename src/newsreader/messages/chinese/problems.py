"""The Chinese sentence for each problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from newsreader.messages.english import Wording
    from newsreader.problems import Code


def _several(*sentences: str) -> str:
    return "".join(sentences)


def _images_left_out(count: int) -> str:
    return f"有 {count} 张图片太大，没有保存。"


def _of_several_sites(problem: str, others: int) -> str:
    return f"{problem}另有 {others:,} 个站点也是如此。"


def _undone(kind: str, again: int, posts: int, title: str) -> str:
    what = f"“{title}”" if posts == 1 else f"{posts:,} 篇"
    match kind:
        case "read" | "unread":
            done = "重新标为已读" if (kind == "read") is bool(again) else "重新标为未读"
        case "bookmark" | "unbookmark":
            is_back = (kind == "bookmark") is bool(again)
            done = "收藏已恢复" if is_back else "收藏已再次取消"
        case "update":
            done = "收藏已再次更新" if again else "收藏恢复为更新前"
        case "note":
            done = "批注已再次修改" if again else "批注恢复为修改前"
        case _:  # "import"
            done = "已再次导入" if again else "恢复为导入前"
    return f"{done}：{what}。"


def _field_unknown(name: str, *fields: str) -> str:
    return f"没有 `{name}:`；有 {_list([f'{field}:' for field in fields])}。"


def _mark_unknown(value: str, *marks: str) -> str:
    return f"文章没有 `{value}` 这种状态；有 {_list(marks)}。"


def _no_options(*allowed: str) -> str:
    return f"选项写作 `名称: 值`。可用的有 {_list(allowed)}。"


def _key_unknown(option: str, name: str, meant: str, *allowed: str) -> str:
    shown = f" `{name}`" if name else ""
    what = f"`{option}` 中的未知键{shown}" if option else f"未知选项{shown}"
    return f"{what}{_meant(meant)}可用的有 {_list(allowed)}。"


def _choice_unknown(option: str, written: str, meant: str, *allowed: str) -> str:
    wrong = f"`{option}` 不能是 `{written}`" if written else f"`{option}` 应是一个词"
    return f"{wrong}{_meant(meant)}可用的有 {_list(allowed)}。"


def _action_unknown(written: str, meant: str) -> str:
    return f"没有可绑定按键的操作 `{written}`{_meant(meant)}"


def _key_name_unknown(action: str, written: str, meant: str) -> str:
    return f"`{action}` 的 `{written}` 不是按键{_meant(meant)}"


def _no_list(option: str, plain: int, *names: str) -> str:
    or_plain = f"，或只写 `{names[0]}`" if plain else ""
    return f"`{option}` 是列表，每一项有 {_list(names)}{or_plain}。"


def _entry_incomplete(option: str, *missing: str) -> str:
    return f"`{option}` 有一项缺少 {_list(missing)}，已略去。"


def _not_one_value(option: str, is_mapping: int) -> str:
    if is_mapping:
        return f"`{option}` 有多个值，请指明其一：`{option}.NAME`。"
    return f"`{option}` 不是单个值，请编辑文件来更改。"


def _meant(name: str) -> str:
    return f"；是否指 `{name}`？" if name else "。"


def _list(names: Sequence[str]) -> str:
    return "、".join(f"`{name}`" for name in names)


PROBLEMS: Final[Mapping[Code, Wording]] = {
    "several": _several,
    "characters-lost": "文件中有些字符无法读取。",
    "front-matter-not-closed": "文首元数据没有结束标记。",
    "front-matter-unreadable": "文首元数据无法读取。",
    "site-not-yaml": "站点的 _config.yml 不是有效的 YAML。",
    "site-characters-lost": "站点的 _config.yml 中有些字符无法读取。",
    "site-zone-unknown": "站点的时区 {0} 未知，改用 UTC。",
    "of-several-sites": _of_several_sites,
    "source-missing": "没有这个文件夹或文件：{0}。",
    "source-neither": "既不是文件夹也不是文件：{0}。",
    "source-without-posts": "没有文章：{0}。",
    "path-unreadable": "无法读取（{1}）：{0}。",
    "folder-unreadable": "有文件夹无法读取（{1}）：{0}。",
    "file-unreadable": "有文件无法读取（{1}）：{0}。",
    "scan-ended-early": "上次扫描中途结束。",
    "post-not-indexed": "这篇文章已不在索引中。",
    "no-longer-there": "（已不在）",
    "post-not-bookmarked": "这篇文章没有收藏。",
    "post-file-gone": "文章的文件已不在：{0}",
    "post-too-large": "文章超过 {0} MB，太大，无法收藏。",
    "note-too-long": "批注最多 {0:,} 个字符。",
    "images-left-out": _images_left_out,
    "undone": _undone,
    "source-followed": "{0} 现在是 {1}：其中 {2:,} 篇文章的标记已随之转移。",
    "index-unusable": "索引无法使用（{0}）。",
    "index-at-unusable": "索引无法使用（{1}）：{0}。",
    "index-not-opened": "索引无法打开（{1}）：{0}。",
    "index-damaged": "索引已损坏。下次启动时会重建。",
    "index-anew": "索引已损坏，正在重建；旧索引在 {0}。",
    "index-temporary": "正在使用临时索引（{0}）：{1}。",
    "state-unusable": "阅读状态无法使用（{1}）：{0}。",
    "state-not-written": "阅读状态无法写入（{1}）：{0}。",
    "state-damaged": "阅读状态已损坏（{1}）：{0}。",
    "damaged-with-backup": "{0}最新的备份是 {1}；用 `newsreader doctor --restore` 恢复。",
    "damaged-without-backup": "{0}没有备份。移走该文件即可从空白的阅读状态开始。",
    "state-newer": "阅读状态来自更新的 newsreader，请使用那个版本：{0}。",
    "state-missing": (
        "阅读状态不见了，已新建一个。有备份：用 `newsreader doctor --restore` 恢复到 {0}。"
    ),
    "nothing-saved": "什么都没有保存：{1}（{0}）。",
    "nothing-saved-because": "什么都没有保存：{0}。",
    "no-temporary-folder": "{0}也没有临时文件夹。",
    "no-temporary-state": "{0}也无法建立临时的阅读状态。",
    "backup-failed": "无法备份阅读状态（{0}）。",
    "backup-not-restored": "备份无法恢复（{1}）：{0}。",
    "backup-damaged": "已损坏（{0}）",
    "database-unreadable": "无法读取（{0}）",
    "database-busy": "另一个进程正在使用数据库",
    "database-damaged": "已损坏（{0}）",
    "disk-full": "磁盘已满",
    "file-cut-off": "文件不完整",
    "file-empty": "文件是空的",
    "found-damaged": "发现已损坏",
    "name-taken": "已有同名文件",
    "no-home-folder": "没有主目录",
    "newer": "由更新的 newsreader 写成",
    "no-state": "不是阅读状态",
    "not-writable": "阅读状态无法写入",
    "row-without-another": "有一行指向不存在的行",
    "version-lost": "版本信息丢失",
    "lost": "{0}：{1}。",
    "not-bookmarked": "没有收藏",
    "bookmark-not-removed": "没有取消收藏",
    "bookmark-not-updated": "没有更新收藏",
    "note-not-written": "不能写批注",
    "note-not-saved": "批注没有保存",
    "not-marked": "没有标记",
    "draft-kept": "再次打开批注时，文字还在。",
    "not-undone": "没有撤销",
    "not-done-again": "没有重做",
    "not-remembered": "阅读位置没有记住",
    "last-not-saved": "最后的标记没有保存",
    "nothing-imported": "什么都没有导入",
    "not-written": "无法写入（{1}）：{0}。",
    "not-exported": "没有导出（{1}）：“{0}”。",
    "image-renamed": "图片因重名改名为 {1}，见“{0}”。",
    "image-not-taken": "不是图片，已略去：{1}，见“{0}”。",
    "no-bookmarks-for-folder": "没有收藏，原有内容保持不变：{0}。",
    "nothing-for-file": "没有可导出的内容，原有内容保持不变：{0}。",
    "file-of-another": "这个文件不是同类的导出文件，请另选一个：{0}。",
    "no-manifest": "没有导出的收藏：{0}（缺少 {1}）。",
    "manifest-too-large": "收藏列表太大：{0}。",
    "manifest-not-text": "不是文本，因此不是收藏列表：{0}。",
    "manifest-not-json": "不是 JSON，因此不是收藏列表：{0}。",
    "manifest-of-something-else": "不是收藏列表：{0}。",
    "export-ending-unknown": "导出文件的结尾不能是 {0}，只能是 {1}；以 / 结尾表示文件夹。",
    "folder-of-another": "这个文件夹不是由此导出的，请选一个空文件夹：{0}。",
    "manifest-newer": "来自更新的 newsreader，请使用那个版本：{0}。",
    "entry-unreadable": "第 {0} 条收藏无法读取（{2}）：{1}。",
    "twice-in-manifest": "出现两次，只取一次：“{0}”（在 {1} 中）。",
    "not-imported": "没有导入（{1}）：“{0}”。",
    "import-nameless": "没有导入，文件没有名称：“{0}”。",
    "import-outside": "没有导入，文件在文件夹之外：“{0}”（{1}）。",
    "import-missing": "没有导入，文件不在：“{0}”（{1}）。",
    "import-changed": "没有导入，文件已更改：“{0}”（{1}）。",
    "import-too-large": "没有导入，总共超过 {1} GB：“{0}”。",
    "not-marks": "不是导出的已读标记：{0}。",
    "line-left-out": "没有导入：第 {0} 行（{2}），{1}。",
    "source-taken-for": "{0} 在这里是 {1}：其文章的标记用在那里。",
    "source-not-here": "这里没有 {0}：它出现后标记就会生效；若在别处，请用 --source 指明。",
    "article-cut": "正文很长，只显示前 {0:,} 个字符。",
    "article-end-plain": "正文部分太多，末尾以纯文本显示。",
    "article-part-plain": "正文很长，有一部分以纯文本显示。",
    "config-unreadable": "{0}：无法读取：{1}。",
    "config-line": "{0}:{1}: {2}",
    "config-more-problems": "{0}：另有 {1} 个问题。",
    "config-too-large": "文件超过 {0} KB，全部未采用。",
    "config-too-deep": "文件嵌套太深，全部未采用。",
    "config-not-utf-8": "不是 UTF-8，文件全部未采用。",
    "config-not-yaml": "不是 YAML，文件全部未采用。",
    "config-not-yaml-because": "不是 YAML：{0}；文件全部未采用。",
    "config-character-forbidden": "有 YAML 不允许的字符，文件全部未采用。",
    "config-no-options": _no_options,
    "config-key-unknown": _key_unknown,
    "config-set-twice": "`{0}` 设置了两次，采用第 {1} 行。",
    "config-choice-unknown": _choice_unknown,
    "config-no-list": _no_list,
    "config-no-text": "`{0}` 应是{1}。",
    "config-other-text": "`{0}` 应是{1}，`{2}` 不是。",
    "config-no-command": "`{0}` 应是命令；`{1}` 中有引号没有闭合。",
    "config-no-number": "`{0}` 应是 {1} 到 {2} 的数字。",
    "config-no-flag": "`{0}` 应是 `yes` 或 `no`。",
    "config-no-texts": "`{0}` 应是一段文字或文字列表。",
    "config-no-mapping": "`{0}` 的每一行写作 `{1}: {2}`。",
    "config-entry-incomplete": _entry_incomplete,
    "config-path-with-nul": "路径中不能有 NUL 字符。",
    "config-no-such-user": "没有 `{0}` 这个用户。",
    "config-not-one-value": _not_one_value,
    "config-not-changed": "{0}：不能在那里更改 `{1}`，请编辑文件。",
    "config-not-written": "{0}：无法写入：{1}。",
    "config-feed-twice": "订阅 `{0}` 出现两次。",
    "config-source-twice": "来源 `{0}` 出现两次。",
    "config-search-twice": "有两个名为 `{0}` 的搜索。",
    "choice-kept-aside": "已另存在单独的文件中。{1}（{0}）",
    "choice-not-kept": "仅到退出为止有效。{0}",
    "no-config-file": "没有配置文件。",
    "config-action-unknown": _action_unknown,
    "config-bind-unknown": _key_name_unknown,
    "config-bind-fixed": "`{0}` 不能用 `{1}`，它总是用来结束操作。",
    "config-bind-twice": "`{0}` 已是 `{1}` 的按键，`{2}` 不再使用。",
    "config-bind-begins": "`{1}` 的 `{0}` 与 `{3}` 的 `{2}` 开头相同，已略去前者。",
    "config-bind-taken": (
        "`{0}` 原是 `{1}` 的按键，现在 `{2}` 属于 `{3}`；请在此为 `{1}` 另设按键。"
    ),
    "feed-address-unusable": "不是网址：{0}。",
    "feed-host-unknown": "找不到主机 {0}。",
    "feed-no-connection": "无法连接 {0}（{1}）。",
    "feed-certificate": "{0} 的证书不可信。",
    "feed-timed-out": "{0} 没有在 {1} 秒内答复完毕。",
    "feed-stalled": "{0} 没有及时答复。",
    "feed-cut-off": "{0} 中断了答复。",
    "feed-no-http": "{0} 的答复不是 HTTP。",
    "feed-not-found": "{0} 没有这个页面（404）。",
    "feed-gone": "{0} 表示已永久移除（410），不再抓取。",
    "feed-busy": "{0} 繁忙（{1}）。",
    "feed-busy-until": "{0} 繁忙（{1}），请求在 {2} 之前不要打扰。",
    "feed-status": "{0} 返回错误（{1}）。",
    "feed-too-large": "答复超过 {0} MB。",
    "feed-redirects": "{0} 不断重定向，没有尽头。",
    "feed-redirect-refused": "{0} 重定向到非网页的地址。",
    "feed-not-one": "不是订阅源：{0}。",
    "feed-unreadable": "读取太久或占用内存太多：{0}。",
    "feed-not-written": "文章无法写入（{1}）：{0}。",
    "query-too-long": "搜索最多 {0:,} 个字符，这个更长。",
    "query-too-many-words": "搜索最多 {0} 个词，这里有 {1} 个。",
    "query-too-deep": "嵌套太深，最多 {0} 层。",
    "query-quote-open": "引号没有闭合。",
    "query-quote-empty": "引号之间没有内容。",
    "query-parenthesis-open": "括号没有闭合。",
    "query-parenthesis-empty": "括号之间没有内容。",
    "query-parenthesis-alone": "多余的右括号。",
    "query-or-without-left": "OR 前面没有内容。",
    "query-or-without-right": "OR 后面没有内容。",
    "query-minus-without-word": "`-` 后面要有排除的词。",
    "query-field-empty": "`{0}:` 后面要紧跟词或短语。",
    "query-field-misspelt": "没有 `{0}:`；是否指 `{1}:`？",
    "query-field-unknown": _field_unknown,
    "query-name-missing": "`{0}:` 后面要紧跟名称。",
    "query-mark-misspelt": "文章没有 `{0}` 这种状态；是否指 `is:{1}`？",
    "query-mark-unknown": _mark_unknown,
    "query-date-unknown": (
        "`{0}` 不是日期；可写 2022、2022-02、2022-02-25、today、yesterday、3d、2w、1m、1y。"
    ),
    "query-nothing-to-find": "`{0}` 中没有可搜索的文字。",
}
