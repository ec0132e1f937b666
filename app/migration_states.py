"""What the models were at each step of the migrations, without all of their classes made anew at each step.

The ORM makes the classes of all models twice for each operation, as they are before it and after it, though an
operation asks for one of them: nine tenths of what a new database costs. Here a class is made when it is asked for.
"""

from collections.abc import Iterable
from typing import Self

from tortoise.fields.relational import ForeignKeyFieldInstance, ManyToManyFieldInstance
from tortoise.migrations.schema_generator.state import ModelState, State
from tortoise.migrations.schema_generator.state_apps import StateApps
from tortoise.models import Model

Key = tuple[str, str]  # the app's label and the model's name
CONNECTIONS = {"models": "default"}


class LazyState(State):
    """Knows the models' fields and options; a change of these leaves no class to make again."""

    def __init__(self, models: dict[Key, ModelState]) -> None:
        super().__init__(models, _LazyApps(models))

    def clone(self) -> Self:
        return type(self)({key: model.clone() for key, model in self.models.items()})

    def validate_relations_initialized(self) -> None:
        State(self.models, _made(self.models, self.models)).validate_relations_initialized()

    def _find_related_models(self, app_label: str, model_name: str) -> set[Key]:
        return set()

    def _reload(self, models_to_reload: set[Key]) -> None:
        pass


class _LazyApps(StateApps):
    """Makes a class for whoever asks for it, and keeps none.

    It knows the models that it refers to, not those that refer to it: enough to make and to change tables. What a
    migration does to rows it says in SQL.
    """

    def __init__(self, models: dict[Key, ModelState]) -> None:
        super().__init__(CONNECTIONS)
        self._models = models

    def get_model(self, app_label: str, model_name: str | None = None) -> type[Model]:
        key = (app_label, model_name) if model_name else self.split_reference(app_label)
        return _made([key], self._models).get_model(*key)


def _made(wanted: Iterable[Key], models: dict[Key, ModelState]) -> StateApps:
    """Classes of the wanted models and of all that these refer to, connected to one another."""
    apps = StateApps(CONNECTIONS)
    keys = list(wanted)
    for key in keys:  # it grows meanwhile
        apps.register_model(key[0], models[key].render(apps))
        for field in models[key].fields.values():
            if isinstance(field, ForeignKeyFieldInstance | ManyToManyFieldInstance):
                to = apps.split_reference(field.model_name)
                if to in models and to not in keys:
                    keys.append(to)
    apps._init_relations()
    apps._build_initial_querysets()
    return apps
