"""How large a message may become, in bytes of its JSON; the same as in plugin-protocol."""

KIB = 1024
MIB = 1024 * KIB

OPERATION_BYTES = 4 * MIB
ERROR_BYTES = 128 * KIB
LIBRARY_CALL_BYTES = 192 * MIB
FRAME_BYTES = LIBRARY_CALL_BYTES + MIB
HEADER_BYTES = 1024
