"""Images for tests, made by Pillow."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

from PIL import Image

RED, BLUE = (200, 30, 40), (20, 60, 220)


def make_image(width: int, height: int, kind: str = "PNG", **options: object) -> bytes:
    """An image that is red above and blue below."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (0, height // 2, width, height))
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def make_bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says that it has so many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 100_000)
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def write_site(folder: Path, **images: bytes) -> Path:
    """A site of one post, which shows images: `a_png` is the file `a.png`."""
    names = {name.replace("_", "."): content for name, content in images.items()}
    (folder / "_posts").mkdir(parents=True)
    (folder / "_config.yml").write_text("title: Site\n", encoding="utf-8")
    for name, content in names.items():
        (folder / name).write_bytes(content)
    shown = "\n\n".join(f"![{name}](/{name})" for name in (*names, "../outside.png", "lost.png"))
    text = f"---\ntitle: Pictures\n---\nText.\n\n{shown}\n"
    (folder / "_posts" / "2026-01-01-a.md").write_text(text, encoding="utf-8")
    return folder
