# Tells by its exit code what keeps this user from reading the directory $TREE. See check-readable.ts.
[ -e "$TREE" ] || [ -L "$TREE" ] || exit 10
[ -d "$TREE" ] || exit 11
[ -r "$TREE" ] && [ -x "$TREE" ] || exit 12
