"""Names that a plugin's modules use and that nothing defines.

Found as dicts of `file`, `line` and `name`. Nothing of the plugin is executed. Files that are no Python to the interpreter are passed
over: what the plugin imports, its import has shown, and the rest may be templates, or scripts for another Python on a host.
"""

import ast
import io
import os
import re
import symtable
import sys

try:
    import builtins
except ImportError:
    import __builtin__ as builtins

_OF_EVERY_MODULE = {"__annotations__", "__builtins__", "__doc__", "__file__", "__loader__", "__name__", "__package__", "__path__", "__spec__"}
_OF_EVERY_CLASS = {"__module__", "__qualname__"}
_OF_SOME_MACHINES = {"WindowsError"}
_KNOWN = set(dir(builtins)) | _OF_EVERY_MODULE | _OF_EVERY_CLASS | _OF_SOME_MACHINES
_SILENCED = re.compile(r"#\s*noqa(?!\s*:)|#\s*noqa\s*:.*\bF821\b", re.IGNORECASE)
_ASKS_FOR_VERSION = {"version_info", "PY2", "PY3"}


def undefined_names(directory):
    found = []
    for path in sorted(_modules(directory)):
        name = os.path.relpath(path, directory).replace(os.sep, "/")
        with io.open(path, "rb") as file:
            source = file.read()
        try:
            found.extend({"file": name, "line": line, "name": each} for line, each in _of_module(source, path))
        except (SyntaxError, ValueError, TypeError):  # in Python 2, a NUL byte is a TypeError
            continue
    return found


def _modules(directory):
    for path, directories, files in os.walk(directory):
        directories[:] = [name for name in directories if not name.startswith(".")]
        for name in files:
            module = os.path.join(path, name)
            if name.endswith(".py") and not name.startswith(".") and os.path.isfile(module):
                yield module


def _of_module(source, path):
    tree = ast.parse(source, path)
    if any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in ast.walk(tree)):
        return []  # what such an import brings cannot be told without executing it
    table = symtable.symtable(_text(source), path, "exec")
    known = _KNOWN | _defined_globals(table)
    unknown = {name for scope in _scopes(table) for name in _used_globals(scope)} - known
    excused = _excused(tree)
    lines = _text(source).splitlines()
    uses = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in unknown and id(node) not in excused and not _SILENCED.search(lines[node.lineno - 1]):
            uses.setdefault((node.lineno, node.id), None)
    return sorted(uses)


def _text(source):
    if sys.version_info[0] == 2:
        return source
    return io.TextIOWrapper(io.BytesIO(source), encoding=_encoding(source)).read()


def _encoding(source):
    import tokenize

    return tokenize.detect_encoding(io.BytesIO(source).readline)[0]


def _scopes(table):
    yield table
    for child in table.get_children():
        for scope in _scopes(child):
            yield scope


def _defined_globals(module):
    defined = {symbol.get_name() for symbol in module.get_symbols() if symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()}
    for scope in _scopes(module):
        for symbol in scope.get_symbols():
            if symbol.is_declared_global() and (symbol.is_assigned() or symbol.is_imported()):
                defined.add(symbol.get_name())
    return defined


def _used_globals(scope):
    is_module = scope.get_type() == "module"
    for symbol in scope.get_symbols():
        if symbol.is_referenced() and (is_module or symbol.is_global()):
            yield symbol.get_name()


def _excused(tree):
    """Names in code that asks first: in a `try` that expects a NameError, or under a condition on the version of Python."""
    excused = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and _asks_for_version(node.test):
            excused.update(_names_in(node.body + node.orelse))
        elif isinstance(node, ast.IfExp) and _asks_for_version(node.test):
            excused.update(_names_in([node.body, node.orelse]))
        elif hasattr(node, "handlers") and any(_expects_name_error(handler) for handler in node.handlers):
            excused.update(_names_in(node.body))
    return excused


def _asks_for_version(test):
    return any(getattr(node, "attr", getattr(node, "id", None)) in _ASKS_FOR_VERSION for node in ast.walk(test))


def _expects_name_error(handler):
    if handler.type is None:
        return True
    return any(isinstance(node, ast.Name) and node.id in ("NameError", "Exception") for node in ast.walk(handler.type))


def _names_in(nodes):
    return {id(inner) for node in nodes for inner in ast.walk(node) if isinstance(inner, ast.Name)}
