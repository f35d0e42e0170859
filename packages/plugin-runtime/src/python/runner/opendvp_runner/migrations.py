"""The plugin's data migrations, as the engine runs them: one migration on one object."""

from dlpx.virtualization.platform.exceptions import IncorrectReturnTypeError
from dlpx.virtualization.platform.migration_helper import KINDS, parts_of

from opendvp_runner.returned_by import returned_by
from opendvp_runner.wire_names import camel_case, snake_case

_PREFIX = "upgrade."


class Migrations(object):
    def __init__(self, upgrade):
        self._platform = upgrade.platform_migrations
        self._lua = upgrade.lua_migrations

    def ids(self):
        return self._platform.get_sorted_ids()

    def lua_versions(self):
        """The versions that there are migrations from, by the kind of object."""
        kinds = {camel_case(kind): sorted(self._lua.functions(kind), key=parts_of) for kind in KINDS}
        return {kind: versions for kind, versions in kinds.items() if versions}

    @staticmethod
    def has(method):
        return method.startswith(_PREFIX) and snake_case(method[len(_PREFIX) :]) in KINDS

    def run(self, method, params):
        """The object in its new form; None where the migration is about another kind."""
        kind = snake_case(method[len(_PREFIX) :])
        name = params["luaVersion"] if "luaVersion" in params else params["migrationId"]
        functions = (self._lua if "luaVersion" in params else self._platform).functions(kind)
        if name not in functions:
            return None
        migrated = functions[name](**{_argument(kind): params["old"]})
        with returned_by(functions[name]):
            if not isinstance(migrated, dict):
                raise IncorrectReturnTypeError("{} '{}'".format(method, name), type(migrated), dict)
        return migrated


def _argument(kind):
    return "old_" + kind
