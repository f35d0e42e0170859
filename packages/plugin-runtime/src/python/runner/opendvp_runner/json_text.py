"""Messages as JSON."""

import json

from opendvp_runner.errors import LIMIT, WireError


def encode(value):
    """UTF-8 bytes. Raises ValueError or TypeError for what JSON has no form for."""
    return json.dumps(value, allow_nan=False, separators=(",", ":")).encode("utf-8")


def decode(body):
    return json.loads(body.decode("utf-8"))


def check_size(what, value, limit, limit_bytes):
    """Refuses what the engine would refuse, with the plugin still able to say which of its values it was."""
    actual_bytes = len(encode(value))
    if actual_bytes > limit_bytes:
        message = "{} has {} bytes; {} are allowed.".format(what, actual_bytes, limit_bytes)
        raise WireError(LIMIT, message, {"limit": limit, "limitBytes": limit_bytes, "actualBytes": actual_bytes})
