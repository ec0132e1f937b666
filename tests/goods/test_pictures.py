"""Pictures of goods: what is taken, what is made of it, where it is shown, what is refused and with which words."""

import io
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.attachments import avif
from app.attachments.kinds import Kind, is_what_it_claims
from app.catalogue.models import Product, ProductPicture
from app.history.models import Event
from app.orders.models import OrderLine
from app.pictures import headers, store
from app.pictures.making import HEAVIEST, LEAST, make
from app.presentations.models import Line
from app.settings import ROOT
from tests.attachments.samples import gif, pdf
from tests.factories import Cast, make_brand, make_order, make_presentation, make_product
from tests.goods import samples
from tests.goods.forms import file
from tests.site import Browser

AVIF = samples.photo("AVIF", (90, 60))


@pytest.fixture
async def product(database: str) -> Product:
    return await make_product(article="DS-1")


def door(product: Product) -> str:
    return f"/administration/products/{product.id}/pictures"


async def removal(product: Product) -> str:
    """The door at which its first picture is removed."""
    first = await ProductPicture.filter(product_id=product.id).order_by("position").first()
    return f"{door(product)}/{first.id if first else 1}/removal"


def kept(browser: Browser) -> list[Path]:
    return [one for one in store.folder(browser.site.state.settings).rglob("*") if one.is_file()]


@pytest.mark.parametrize("htmx", [False, True])
async def test_kept_served_and_shown(
    anna: Browser, alice: Browser, guest: Browser, cast: Cast, product: Product, htmx: bool
) -> None:
    post = anna.hx_post if htmx else anna.post
    answer = await post(door(product), files=file(samples.photo()))
    if htmx:
        assert answer.status_code == 200 and answer.text.startswith('<section class="stack photo-of" id="photos"')
    else:
        assert answer.headers["location"] == f"/administration/products/{product.id}"
    now = await Product.get(id=product.id)
    assert (now.drawn, now.symbol) == ("dome", "dome") and len(now.picture) == 19
    name = now.picture[1:]
    assert sorted(one.name for one in kept(anna)) == [
        f"{name}-{end}" for end in ("l.avif", "l.jpg", "l.webp", "s.jpg", "s.webp")
    ]
    listed = (await alice.get("/catalogue/search?q=DS-1")).text
    assert f'<source srcset="/media/{name}-s.webp" type="image/webp">' in listed and 'loading="lazy"' in listed
    assert f'src="/media/{name}-s.jpg" width="48" height="48" alt=""' in listed and 'id="p-@' not in listed
    page = (await alice.get(f"/catalogue/products/{product.id}")).text
    assert f"/media/{name}-l.avif" in page and 'width="800" height="800" alt="IP-камера уличная, 4 Мп, DS-1"' in page
    for end, media in (("s.webp", "image/webp"), ("l.avif", "image/avif"), ("l.jpg", "image/jpeg")):
        got = await guest.get(f"/media/{name}-{end}")
        assert got.status_code == 200 and got.headers["content-type"] == media
        assert got.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert got.headers["x-content-type-options"] == "nosniff" and "set-cookie" not in got.headers
    event = await Event.get(name="product.pictures_added")
    assert event.company_id is None and (event.data["was"], event.data["now"]) == (0, 1)


@pytest.mark.parametrize(
    "name", ["x-s.webp", "..%2f..%2fetc%2fpasswd", f"{'a' * 18}-s.webp", f"{'a' * 18}-s.avif", f"{'a' * 18}-s.svg"]
)
async def test_nothing_else_is_served(guest: Browser, name: str) -> None:
    assert (await guest.get(f"/media/{name}")).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("знак.svg", samples.SCRIPTED, "в SVG могут быть скрипты"),
        ("знак.png", samples.SCRIPTED, "повреждён или не то, чем назван"),
        ("фото.png", samples.photo(), "повреждён или не то, чем назван"),
        ("фото.jpg", samples.photo("PNG"), "повреждён или не то, чем назван"),
        ("фото.jpg", samples.photo()[:-2000], "не читается до конца"),
        ("фото.png", samples.photo("PNG")[:-100], "повреждён"),
        ("фото.webp", samples.photo("WEBP")[:-100], "повреждён"),
        ("фото.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 100, "повреждён"),
        ("фото.gif", gif(), "выберите картинку JPEG, PNG, WebP или AVIF"),
        ("фото.jpg", pdf(), "повреждён"),
        ("знак.avif", samples.SCRIPTED, "повреждён или не то, чем назван"),
        ("фото.avif", samples.photo(), "повреждён или не то, чем назван"),
        ("фото.avif", samples.photo("AVIF")[:-100], "повреждён"),
        ("фото.avif", samples.spoilt(), "не читается до конца"),
        ("фото.avif", samples.moving("AVIF"), "движется"),
        ("фото.avif", samples.lying(), "8000 × 8000"),
        ("фото.jpg", b"", "пустой"),
        ("фото.jpg", b"\xff\xd8" + b"x" * 10_485_760, "слишком большой"),
        ("фото.png", samples.bomb(), "10000 × 10000"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
async def test_what_is_not_taken_is_refused_in_words(
    anna: Browser, product: Product, name: str, content: bytes, words: str
) -> None:
    for post in (anna.post, anna.hx_post):
        answer = await post(door(product), files=file(content, name))
        assert answer.status_code == 422 and 'id="picture-e"' in answer.text and words in answer.text
    assert (await Product.get(id=product.id)).picture == "dome" and not kept(anna) and not await Event.exists()


async def test_an_avif_is_taken(anna: Browser, guest: Browser, product: Product) -> None:
    await anna.post(door(product), files=file(samples.photo("AVIF", (1200, 900)), "фото.AVIF", "image/avif"))
    name = (await Product.get(id=product.id)).picture[1:]
    red = dot(Image.open(io.BytesIO((await guest.get(f"/media/{name}-l.jpg")).content)).convert("RGB"), 0.05, 0.2)
    assert red[0] > 200 and red[1] < 60


def test_the_avif_is_never_heavier_than_the_webp() -> None:
    for content in (samples.photo("JPEG", (1600, 1200)), samples.noise(), samples.photo("PNG", (300, 900))):
        files = make(io.BytesIO(content), Kind.PNG if content.startswith(b"\x89") else Kind.JPEG).files
        assert len(files["l.avif"]) <= max(len(files["l.webp"]), LEAST)


@given(st.binary(max_size=400), st.integers(0, 3000))
def test_no_file_breaks_the_reading_of_boxes(rubbish: bytes, at: int) -> None:
    for content in (rubbish, AVIF[:at], AVIF[:at] + rubbish + AVIF[at + len(rubbish) :]):
        upload = io.BytesIO(content)
        headers.size(upload, Kind.AVIF)
        if is_what_it_claims(upload, Kind.AVIF):
            avif.moves(upload)


async def test_no_file_and_too_many(anna: Browser, product: Product) -> None:
    assert "Выберите картинку" in (await anna.post(door(product))).text
    assert "Выберите не больше 8 картинок" in (await anna.post(door(product), files=file(samples.photo()) * 9)).text
    logo = f"/administration/brands/{product.brand_id}/logo"
    assert "Выберите одну картинку" in (await anna.post(logo, files=file(samples.photo()) * 2)).text


def test_a_bomb_is_not_decoded() -> None:
    """100 megapixels would take 100 MB and most of a second: the header says it before."""
    script = (
        "import io, resource, time; from tests.goods import samples; from app.pictures import headers;"
        "from app.attachments.kinds import Kind; from app.pictures.forms import _wrong_size; content = samples.bomb();"
        "before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time();"
        "assert _wrong_size(*headers.size(io.BytesIO(content), Kind.PNG));"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, time.process_time() - start)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, env=env, cwd=ROOT)
    kilobytes, seconds = told.stdout.split()
    assert int(kilobytes) < 5000 and float(seconds) < 0.5


@pytest.mark.parametrize("size", [(1, 1), (37, 900), (640, 480), (4000, 3000)])
@pytest.mark.parametrize(
    ("name", "kind"), [("JPEG", Kind.JPEG), ("PNG", Kind.PNG), ("WEBP", Kind.WEBP), ("AVIF", Kind.AVIF)]
)
def test_the_header_tells_the_size(size: tuple[int, int], name: str, kind: Kind) -> None:
    assert headers.size(io.BytesIO(samples.photo(name, size)), kind) == size
    if name == "WEBP":
        assert headers.size(io.BytesIO(samples.photo(name, size, lossless=True)), kind) == size


def test_a_photo_of_twelve_megapixels_takes_little() -> None:
    content = samples.photo("JPEG", (4000, 3000))
    start, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    made = make(io.BytesIO(content), Kind.JPEG)
    assert time.process_time() - start < 1.5  # a third of a second when the machine has nothing else to do
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000
    assert {name: len(one) <= HEAVIEST[name[0]] for name, one in made.files.items()} == dict.fromkeys(made.files, True)


def test_the_hardest_picture_fits_too() -> None:
    made = make(io.BytesIO(samples.noise()), Kind.JPEG)
    assert all(len(content) <= HEAVIEST[name[0]] for name, content in made.files.items())
    assert len(made.files["s.jpg"]) <= 15_000 and len(made.files["s.webp"]) <= 15_000


def opened(made: dict[str, bytes], name: str) -> Image.Image:
    return Image.open(io.BytesIO(made[name])).convert("RGB")


def dot(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    found = image.getpixel((int(x * image.width), int(y * image.height)))
    assert isinstance(found, tuple)
    return tuple(int(one) for one in found)


def test_upright_square_and_without_metadata() -> None:
    made = make(io.BytesIO(samples.turned()), Kind.JPEG)
    for name, content in made.files.items():
        image = Image.open(io.BytesIO(content))
        assert image.width == image.height and not image.getexif() and "icc_profile" not in image.info
        assert b"Secret maker" not in content
        red, green, _ = dot(opened(made.files, name), 0.8, 0.05)  # the corner went from the left to the right
        assert red > 200 and green < 60, name
    assert Image.open(io.BytesIO(made.files["s.webp"])).size == (144, 144)


def test_of_a_moving_picture_the_first_frame_and_of_a_clear_one_white() -> None:
    green = dot(opened(make(io.BytesIO(samples.moving()), Kind.WEBP).files, "l.webp"), 0.5, 0.5)
    assert green[1] > 100 and green[2] < 40
    assert dot(opened(make(io.BytesIO(samples.clear()), Kind.PNG).files, "s.jpg"), 0.5, 0.5) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "I;16", "CMYK"])
def test_every_way_to_write_colours(mode: str) -> None:
    image = Image.new("L", (80, 60), 128).convert(mode)
    name, kind = ("JPEG", Kind.JPEG) if mode == "CMYK" else ("PNG", Kind.PNG)
    assert make(io.BytesIO(samples.packed(image, name)), kind).files


async def test_a_sent_one_stays_when_another_comes_first(anna: Browser, cast: Cast, product: Product) -> None:
    await anna.post(door(product), files=file(samples.photo()))
    first = await ProductPicture.get()
    offer = await make_presentation(
        company=cast.company, author=cast.maria, products=[await Product.get(id=product.id)]
    )
    await anna.post(door(product), files=file(samples.photo("PNG", (90, 90)), "фото.PNG"))
    second = await ProductPicture.exclude(id=first.id).get()
    await anna.post(f"{door(product)}/{second.id}/place", {"place": "1"})
    assert (await Product.get(id=product.id)).picture == second.code
    assert (await Line.get(version__presentation_id=offer.id)).picture == first.code  # what was sent stays as it was


async def test_what_nothing_names_is_swept(anna: Browser, cast: Cast) -> None:
    root = store.folder(anna.site.state.settings)
    offered, ordered, gone, shown = [await make_product() for _ in range(4)]
    logo = await make_brand(name="Рубин")
    for number, one in enumerate((offered, ordered, gone, shown)):
        await anna.post(door(one), files=file(samples.photo("JPEG", (100 + number, 90))))
    await anna.post(f"/administration/brands/{logo.id}/logo", files=file(samples.photo("JPEG", (300, 90))))
    order = await make_order(person=cast.alice)
    picture = (await Product.get(id=ordered.id)).picture
    await OrderLine.filter(order_id=order.id).update(picture=picture)
    await make_presentation(company=cast.company, author=cast.maria, products=[await Product.get(id=offered.id)])
    for one in (offered, ordered, gone):
        await anna.post(await removal(one))
    assert await store.sweep(root) == 0  # too young
    assert await store.sweep(root, older=-1) == 5 and len(kept(anna)) == 20
    assert await store.sweep(root, older=-1) == 0


async def test_a_full_disk_is_told(anna: Browser, product: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.pictures.store._keep", full)
    answer = await anna.post(door(product), files=file(samples.photo()))
    assert answer.status_code == 422 and "Сейчас картинку не сохранить" in answer.text
    assert (await Product.get(id=product.id)).picture == "dome"


async def test_others_do_not_come_near(maria: Browser, alice: Browser, guest: Browser, product: Product) -> None:
    for browser, status in ((maria, 403), (alice, 403), (guest, 303)):
        assert (await browser.post(door(product), files=file(samples.photo()))).status_code == status
        assert (await browser.post(await removal(product))).status_code == status
    assert (await Product.get(id=product.id)).picture == "dome" and not kept(maria)
