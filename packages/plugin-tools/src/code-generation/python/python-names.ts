/** Words that Python 2 or 3 keeps for itself, and names that a generated class has already. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    "and as assert async await break class continue def del elif else except exec finally for from global if import in is lambda nonlocal not " +
    "or pass print raise return try while with yield None True False self validate from_dict to_dict"
  ).split(" "),
);

/** A property's name as an attribute: `dSourceType` is `d_source_type`, `sourceURL` is `source_url`. */
export function attributeName(property: string): string {
  const snake = property
    .replaceAll(/[^A-Za-z0-9_]/g, "_")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .replaceAll(/([a-z\d])([A-Z])/g, "$1_$2")
    .toLowerCase();
  return RESERVED.has(snake) || RESERVED.has(property) || !/^[a-z_]/.test(snake) ? `_${snake}` : snake;
}

/** A part of a class name: `max size` is `MaxSize`. */
export function pascalCase(property: string): string {
  return property
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
}
