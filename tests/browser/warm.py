"""What the processes of the live sites fork from: everything imported, all templates compiled. See forks.py."""

import importlib

from app.main import create_app
from app.settings import load_settings
from app.web.templates import _environment

for module in ("pytest", "app.web.operation", "jobs.worker", "uvicorn.lifespan.on", "uvicorn.loops.uvloop"):
    importlib.import_module(module)
importlib.import_module("uvicorn.protocols.http.httptools_impl")
create_app(load_settings({}))
for template in _environment(False).list_templates(["html", "svg", "text", "subject"]):
    _environment(False).get_template(template)
