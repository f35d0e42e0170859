# Writes the directories below ~/datasets with their names.
find "$HOME/datasets" -mindepth 1 -maxdepth 1 -type d -print0 2> /dev/null \
  | "$DLPX_BIN_JQ" --raw-input --slurp 'split("\u0000") | map(select(. != "") | {name: (split("/") | last), path: .})' > "$DLPX_OUTPUT_FILE"
