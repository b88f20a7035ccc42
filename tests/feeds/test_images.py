"""Images of entries and their copies."""

from __future__ import annotations

from newsreader.feeds.images import (
    MOST_IMAGES,
    image_name,
    image_names,
    image_urls,
    localise_images,
)
from newsreader.feeds.values import Entry

PNG = b"\x89PNG\r\n\x1a\nrest"
URL = "https://a.example/i.png"


def entry(body: str) -> Entry:
    return Entry("k", "", "T", "", "", None, "", (), body)


def test_images_are_found_where_pages_load_them_late_as_well() -> None:
    body = f'<img src="{URL}"><img src="dot.gif" data-src="https://b.example/"><img src="x"><p>'

    assert image_urls(entry(body)) == [URL, "https://b.example/"]
    assert image_urls(entry("no image")) == []
    many = "".join(f'<img src="https://a.example/{n}">' for n in range(99))
    assert len(image_urls(entry(many))) == MOST_IMAGES


def test_only_what_begins_like_an_image_is_one() -> None:
    assert image_name(URL, PNG).endswith(".png")
    assert image_name(URL, b"RIFF\x00\x00\x00\x00WEBPVP8").endswith(".webp")
    assert image_name(URL, b"<svg onload=alert(1)>") == ""
    assert image_name(URL, b"") == ""
    assert image_name(URL, PNG) in set(image_names(URL))


def test_the_original_address_stays_in_an_attribute() -> None:
    body = f'<p>a <img src="dot.gif" data-src="{URL}" srcset="x 1x" alt="b"> c'
    changed = localise_images(entry(body), {URL: "0.png"}).body

    assert changed == (f'<p>a <img src="/images/0.png" alt="b" data-fetched-from="{URL}"> c</p>')
    assert localise_images(entry(body), {}).body == body
