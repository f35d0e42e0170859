"""Names on the wire are in camelCase, those of Python in snake_case."""

import re


def snake_case(name):
    return re.sub(r"[A-Z]", lambda match: "_" + match.group(0).lower(), name)


def camel_case(name):
    return re.sub(r"_(.)", lambda match: match.group(1).upper(), name)
