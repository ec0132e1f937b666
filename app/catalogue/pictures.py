"""The drawn pictures of the goods: one SVG symbol for each kind of product, inlined by the pages that show it.

A file `templates/shared/pictures/KIND.svg` is the inside of `<symbol id="p-KIND" viewBox="0 0 48 48">`: strokes in the
current colour, and paper where the class is `f`. A new file is a new kind; nothing else lists them.
"""

from pathlib import Path

from markupsafe import Markup

from app.settings import ROOT

DEFAULT = "box"  # what a product without a picture, or of a kind that is not drawn, is shown by
FOLDER = ROOT / "templates" / "shared" / "pictures"


def load(folder: Path) -> dict[str, Markup]:
    """Kind → inner markup of its symbol, by name; the files are the project's own and are trusted as they stand."""
    files = sorted(folder.glob("*.svg"))
    return {file.stem: Markup(file.read_text("utf-8").strip()) for file in files}  # noqa: S704  # never user text


PICTURES: dict[str, Markup] = load(FOLDER)
