"""What the pages of all features stand on."""

from app.web import paths as paths  # its `{number:id}` must be known before the features' routes are built
