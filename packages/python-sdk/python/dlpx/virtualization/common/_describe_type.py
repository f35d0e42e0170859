"""Types in the words of error messages."""


def describe_type(actual):
    """The name of a type, or of what a value is; a list of types by its members."""
    if isinstance(actual, (list, tuple, set, frozenset)):
        return "a list of {}".format(" and ".join(sorted(_name(member) for member in actual)) or "nothing")
    return "of type '{}'".format(_name(actual))


def describe_expected(expected, article=True):
    """`[X]` stands for a list of X, a tuple for alternatives, text for itself."""
    if isinstance(expected, list):
        return "a list of {}".format(" or ".join(_name(member) for member in expected))
    if isinstance(expected, tuple):
        return " or ".join(describe_expected(member, article) for member in expected)
    if article and isinstance(expected, type):
        return "of type '{}'".format(_name(expected))
    return _name(expected)


def _name(thing):
    if isinstance(thing, type):
        return thing.__name__
    return str(thing)
