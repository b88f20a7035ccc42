"""Make a folder of news posts to measure on: `python -m benchmarks.make_posts FOLDER COUNT`.

They have the shape of real ones (a digest, a body of HTML in one line, the source, a navigation
line), and one in five hundred is broken in one of the ways that real ones are. The same seed gives
the same posts. The text is made of common words at random and means nothing.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

CATEGORIES = (
    ("caijing", "财经新闻", 30),
    ("keji", "科技新闻", 22),
    ("shehui", "社会新闻", 16),
    ("guoji", "国际新闻", 12),
    ("jinrong", "金融消息", 9),
    ("tiyu", "体育新闻", 6),
    ("wenhua", "文化生活", 3),
    ("jiankang", "健康消息", 2),
)
_TEXT = """
市场 公司 数据 增长 投资 银行 基金 企业 经济 发展 技术 产品 平台 服务
消费 价格 政策 项目 行业 能源 汽车 芯片 城市 交通 教育 医疗 农业 出口
贸易 会议 报告 研究 专家 记者 表示 认为 预计 超过 同比 上涨 下降 推动
建设 完成 启动 合作 签署 创新 改革 安全 环境 绿色 智能 网络 用户 规模
亿元 今年 去年 目前 未来 国际 地方 部门 公布 显示 其中 以及 同时
"""
WORDS = _TEXT.split()
ENDS = "。" * 6 + "？！；"
ZONE = timezone(timedelta(hours=8))
FIRST = datetime(2020, 1, 1, tzinfo=ZONE)
DAYS = 3 * 365
CONFIG = "title: 每日新闻\nurl: https://news.example\ntimezone: Asia/Shanghai\n"


@dataclass(frozen=True, slots=True)
class MadePost:
    """A file name and what to write."""

    name: str
    raw: bytes


def make_posts(count: int, seed: int = 1) -> Iterator[MadePost]:
    """`count` posts, the oldest first."""
    chance = random.Random(seed)
    codes, names, weights = zip(*CATEGORIES, strict=True)
    tag_of = dict(zip(codes, names, strict=True))
    step = timedelta(days=DAYS) / max(1, count)
    for number in range(count):
        date = FIRST + step * number
        [code] = chance.choices(codes, weights)
        post = _whole_post(chance, date, code, tag_of[code], number)
        yield post if chance.random() >= 0.002 else _broken(chance, post, number)


def write_posts(folder: Path, count: int, seed: int = 1) -> int:
    """Write a site of `count` posts into `folder`; how many bytes."""
    posts = folder / "_posts"
    posts.mkdir(parents=True, exist_ok=True)
    (folder / "_config.yml").write_text(CONFIG, encoding="utf-8")
    size = 0
    for post in make_posts(count, seed):
        (posts / post.name).write_bytes(post.raw)
        size += len(post.raw)
    return size


def _whole_post(
    chance: random.Random, date: datetime, code: str, tag: str, number: int
) -> MadePost:
    title = _words(chance, 5, 10)
    address = f"http://source.example/a/{date:%Y%m%d}{number:08d}.html"
    paragraphs = [f"<p>　　{_sentences(chance)}</p>" for _ in range(chance.randint(9, 15))]
    paragraphs.insert(2, f"<p><strong>{_words(chance, 3, 5)}</strong></p>")
    if chance.random() < 0.3:
        picture = f'<center><img src="//img.example/{number}.jpg" alt=""></center>'
        paragraphs.insert(1, f'{picture}<p style="text-align:center;">{_words(chance, 2, 4)}</p>')
    text = (
        f'---\nlayout: post\ntitle: "{title}"\ndate: {date:%Y-%m-%d %H:%M:%S} +0800\n'
        f"categories: {code}\ntags: {tag}\n---\n\n"
        f"> {_sentences(chance)}\n\n{''.join(paragraphs)}"
        f'<p class="em_media">（文章来源：某报）</p>\n\n<{address}>\n\n'
        f"[返回{tag}](//news.example/category/{code}.html)｜[返回首页](//news.example/)\n"
    )
    return MadePost(f"{date:%Y-%m-%d}-{date:%Y%m%d}{number:010d}.md", text.encode())


def _broken(chance: random.Random, post: MadePost, number: int) -> MadePost:
    """The post as real ones are broken: in its title, date, front matter or bytes."""
    raw = post.raw
    title = raw.split(b"\n", 3)[2]
    date = raw.split(b"\n", 4)[3]
    match chance.randrange(6):
        case 0:
            raw = raw.replace(title, 'title: "他说"好"了"'.encode(), 1)
        case 1:
            raw = raw.replace(title, b'title: ""', 1)
        case 2:
            raw = raw.replace(date, b"date:  +0800", 1)
            return MadePost(f"-{number:018d}.md", raw)
        case 3:
            raw = raw.replace(b"\n---\n", b"\n", 1)
        case 4:
            raw = raw.decode().encode("gb18030")
        case _:
            raw = raw.replace(date, b"date: 2022-02-30", 1)
    return MadePost(post.name, raw)


def _words(chance: random.Random, least: int, most: int) -> str:
    return "".join(chance.choices(WORDS, k=chance.randint(least, most)))


def _sentences(chance: random.Random) -> str:
    return "".join(
        f"{_words(chance, 3, 7)}，{_words(chance, 3, 9)}{chance.choice(ENDS)}"
        for _ in range(chance.randint(2, 4))
    )


def main() -> None:
    """Make posts as the command line says."""
    parser = argparse.ArgumentParser(prog="benchmarks.make_posts", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    size = write_posts(options.folder, options.count, options.seed)
    print(f"{options.count:,} posts, {size / max(1, options.count):,.0f} bytes each")


if __name__ == "__main__":
    main()
