"""Make a folder of news posts to measure on: `python -m benchmarks.make_posts FOLDER COUNT`.

They have the shape of real ones (a digest, a body of HTML in one line with headings, pictures,
stock links and hidden parts, the source, a navigation line), about 3.5 KB each, and one in five
hundred is broken in one of the ways that real ones are. The words follow Zipf's law: a few stand in
every post, most in a few posts only. The same seed gives the same posts. The text means nothing.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache, partial
from pathlib import Path
from typing import Final

CATEGORIES: Final = (
    ("caijing", "财经新闻", 30),
    ("keji", "科技新闻", 22),
    ("shehui", "社会新闻", 16),
    ("guoji", "国际新闻", 12),
    ("jinrong", "金融消息", 9),
    ("tiyu", "体育新闻", 6),
    ("wenhua", "文化生活", 3),
    ("jiankang", "健康消息", 2),
)
_TEXT: Final = """
市场 公司 数据 增长 投资 银行 基金 企业 经济 发展 技术 产品 平台 服务
消费 价格 政策 项目 行业 能源 汽车 芯片 城市 交通 教育 医疗 农业 出口
贸易 会议 报告 研究 专家 记者 表示 认为 预计 超过 同比 上涨 下降 推动
建设 完成 启动 合作 签署 创新 改革 安全 环境 绿色 智能 网络 用户 规模
亿元 今年 去年 目前 未来 国际 地方 部门 公布 显示 其中 以及 同时
"""
WORDS: Final = _TEXT.split()
_PARTICLES_TEXT: Final = """
的 是 在 了 和 将 有 为 也 对 不 等 一 与 上 中 年 月 日 人
"""
_MORE_TEXT: Final = """
中国 北京 上海 广东 深圳 香港 美国 欧洲 日本 全球 人民币 指数 股份 股价
机构 收益 风险 监管 央行 利率
新能源 数字化
人工智能 半导体 互联网 供应链 房地产 消费者 年轻人 大学 学校 医院 疫情 冬奥会 铁路 航空
机器人 电池 光伏 风电 算法 云计算
软件 手机 电影 音乐 足球 篮球 天气 台风 地震 粮食 小麦 猪肉 石油
天然气 黄金 期货 债券 GDP CPI ETF 5G AI LNG CEO APP A股 2022年 10% 3.5%
第一季度 上半年 国务院 发改委
"""
ENDS: Final = "。" * 6 + "？！；"
ZONE: Final = timezone(timedelta(hours=8))
FIRST: Final = datetime(2020, 1, 1, tzinfo=ZONE)
DAYS: Final = 3 * 365
CONFIG: Final = "title: 每日新闻\nurl: https://news.example\ntimezone: Asia/Shanghai\n"
BROKEN: Final = 0.002
"""Which part of the posts is broken."""

_VOCABULARY: Final = 20_000
_DRAWN: Final = 1 << 18
_PIECE: Final = 2_000


@dataclass(frozen=True, slots=True)
class MadePost:
    """A file name and what to write."""

    name: str
    raw: bytes


@cache
def vocabulary() -> tuple[str, ...]:
    """Words of one to four characters, the most frequent first: real ones, then made-up ones.

    The characters are the 3,755 common ones of GB 2312 (rows 16 to 55), some much more frequent
    than others.
    """
    chance = random.Random("vocabulary")
    characters = [
        bytes((row, cell)).decode("gb2312")
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFA if row == 0xD7 else 0xFF)
    ]
    chance.shuffle(characters)
    weights = [1 / (rank + 30) for rank in range(len(characters))]
    words = dict.fromkeys([*_PARTICLES_TEXT.split(), *WORDS, *_MORE_TEXT.split()])
    while len(words) < _VOCABULARY:
        [length] = chance.choices((1, 2, 3, 4), (4, 70, 18, 8))
        words["".join(chance.choices(characters, weights, k=length))] = None
    return tuple(words)


@cache
def _urn() -> tuple[str, ...]:
    """Words as often as Zipf's law (in Mandelbrot's form) has them; any draw is as good."""
    words = vocabulary()
    weights = [1 / (rank + 2.7) for rank in range(len(words))]
    whole = sum(weights)
    return tuple(
        word
        for word, weight in zip(words, weights, strict=True)
        for _ in range(max(1, round(_DRAWN * weight / whole)))
    )


def make_posts(
    count: int, seed: int = 1, part: tuple[int, int] | None = None
) -> Iterator[MadePost]:
    """`count` posts, the oldest first; or of these the ones from `part[0]` to before `part[1]`."""
    codes, names, weights = zip(*CATEGORIES, strict=True)
    tag_of = dict(zip(codes, names, strict=True))
    step = timedelta(days=DAYS) / max(1, count)
    for number in range(*(part or (0, count))):
        chance = random.Random(f"{seed} {number}")
        date = FIRST + step * number
        [code] = chance.choices(codes, weights)
        post = _whole_post(chance, date, code, tag_of[code], number)
        yield post if chance.random() >= BROKEN else _broken(chance, post, number)


def write_posts(folder: Path, count: int, seed: int = 1) -> int:
    """Write a site of `count` posts into `folder`; how many bytes."""
    posts = folder / "_posts"
    posts.mkdir(parents=True, exist_ok=True)
    (folder / "_config.yml").write_text(CONFIG, encoding="utf-8")
    parts = [(first, min(first + _PIECE, count)) for first in range(0, count, _PIECE)]
    write = partial(_write_part, posts, count, seed)
    if len(parts) < 4:
        return sum(map(write, parts))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return sum(pool.map(write, parts))


def _write_part(posts: Path, count: int, seed: int, part: tuple[int, int]) -> int:
    size = 0
    for post in make_posts(count, seed, part):
        (posts / post.name).write_bytes(post.raw)
        size += len(post.raw)
    return size


def _whole_post(
    chance: random.Random, date: datetime, code: str, tag: str, number: int
) -> MadePost:
    title = _words(chance, 5, 10)
    address = f"http://source.example/a/{date:%Y%m%d}{number:08d}.html"
    paragraphs = [f"<p>　　{_sentences(chance)}</p>" for _ in range(chance.randint(8, 14))]
    digest = _sentences(chance)
    if chance.random() < 0.3:
        paragraphs[0] = f"<p>　　{digest}{_sentences(chance)}</p>"
    for place in range(2, len(paragraphs), 5):
        paragraphs.insert(place, f"<p><strong>{_words(chance, 3, 5)}</strong></p>")
    if chance.random() < 0.3:
        picture = f'<center><img src="//img.example/{number}.jpg" alt=""></center>'
        caption = f'<p style="text-align:center;">{_words(chance, 2, 4)}</p>'
        paragraphs.insert(1, picture + caption)
    if chance.random() < 0.2:
        paragraphs.insert(-1, _stock(chance, number))
    if chance.random() < 0.1:
        paragraphs.insert(-1, f'<p style="display:none;">{_words(chance, 3, 6)}</p><!-- {code} -->')
    text = (
        f'---\nlayout: post\ntitle: "{title}"\ndate: {date:%Y-%m-%d %H:%M:%S} +0800\n'
        f"categories: {code}\ntags: {tag}\n---\n\n"
        f"> {digest}\n\n{''.join(paragraphs)}"
        f'<p class="em_media">（文章来源：{_words(chance, 1, 1)}日报）</p>\n\n<{address}>\n\n'
        f"[返回{tag}](//news.example/category/{code}.html)｜[返回首页](//news.example/)\n"
    )
    return MadePost(f"{date:%Y-%m-%d}-{date:%Y%m%d}{number:010d}.md", text.encode())


def _stock(chance: random.Random, number: int) -> str:
    name = _words(chance, 2, 2)
    return (
        f'<p>　　{_words(chance, 2, 5)}<span id="stock_{number % 4000:06d}">'
        f'<a class="keytip" data-code="{number % 4000:06d}" href="//stock.example/{number % 4000}">'
        f'{name}</a></span><span id="quote_{number % 4000:06d}"></span>{_sentences(chance)}</p>'
        f'<center><img src="//chart.example/{number}.png" alt="K图 {number % 4000}_0"></center>'
    )


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
    urn: Sequence[str] = _urn()
    return "".join(chance.choices(urn, k=chance.randint(least, most)))


def _sentences(chance: random.Random) -> str:
    return "".join(
        f"{_words(chance, 3, 8)}，{_words(chance, 3, 10)}{chance.choice(ENDS)}"
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
