"""Words and sentences that made posts consist of; they mean nothing.

The words follow Zipf's law: a few stand in every post, most in a few posts only.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import accumulate
from typing import Final

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

_VOCABULARY: Final = 20_000
_DRAWN: Final = 1 << 18
_SYLLABLES: Final = (
    *("ba", "de", "ri", "no", "ta", "ple", "con", "ver", "st", "mi", "sa", "lo", "ga", "ent"),
    *("ing", "or", "qu", "is", "ex", "an"),
)


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
    weights = list(accumulate(1 / (rank + 30) for rank in range(len(characters))))
    found = dict.fromkeys([*_PARTICLES_TEXT.split(), *WORDS, *_MORE_TEXT.split()])
    while len(found) < _VOCABULARY:
        [length] = chance.choices((1, 2, 3, 4), (4, 70, 18, 8))
        found["".join(chance.choices(characters, cum_weights=weights, k=length))] = None
    return tuple(found)


@cache
def urn() -> tuple[str, ...]:
    """Words as often as Zipf's law (in Mandelbrot's form) has them; any draw is as good."""
    ranked = vocabulary()
    weights = [1 / (rank + 2.7) for rank in range(len(ranked))]
    whole = sum(weights)
    return tuple(
        word
        for word, weight in zip(ranked, weights, strict=True)
        for _ in range(max(1, round(_DRAWN * weight / whole)))
    )


@dataclass(frozen=True, slots=True)
class About:
    """What a post is to be about, whatever its shape."""

    number: int
    date: datetime
    title: str
    category: str
    tag: str

    def front_matter(self) -> str:
        """The front matter, with an empty line below it."""
        return (
            f'---\nlayout: post\ntitle: "{self.title}"\n'
            f"date: {self.date:%Y-%m-%d %H:%M:%S} +0800\n"
            f"categories: {self.category}\ntags: {self.tag}\n---\n\n"
        )


def words(chance: random.Random, least: int, most: int) -> str:
    """From `least` to `most` words, without spaces, as Chinese is written."""
    return "".join(chance.choices(urn(), k=chance.randint(least, most)))


def sentences(chance: random.Random) -> str:
    """Two to four sentences, about 90 characters."""
    return "".join(
        f"{words(chance, 3, 8)}，{words(chance, 3, 10)}{chance.choice(ENDS)}"
        for _ in range(chance.randint(2, 4))
    )


def latin(chance: random.Random, least: int, most: int) -> str:
    """From `least` to `most` words of Latin letters, with spaces."""
    return " ".join(
        "".join(chance.choices(_SYLLABLES, k=chance.choice((1, 1, 2, 2, 2, 3, 4))))
        for _ in range(chance.randint(least, most))
    )


def length(chance: random.Random, median: float, sigma: float, most: float) -> int:
    """How long something is: log-normal as lengths of texts are, from 1 to `most`."""
    return max(1, round(min(most, median * chance.lognormvariate(0, sigma))))
