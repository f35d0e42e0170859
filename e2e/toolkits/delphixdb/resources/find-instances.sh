# Writes a list of the instances of an installation: directories with an instance.conf.
found='[]'
for file in "$INSTALL_PATH"/instances/*/instance.conf; do
  [ -e "$file" ] || continue
  name=$(sed -n 's/^name=//p' "$file")
  port=$(sed -n 's/^port=//p' "$file")
  found=$(printf '%s' "$found" | "$DLPX_BIN_JQ" --arg path "${file%/*}" --arg name "$name" --argjson port "$port" '. + [{dataPath: $path, port: $port, dbName: $name}]')
done
printf '%s' "$found" > "$DLPX_OUTPUT_FILE"
