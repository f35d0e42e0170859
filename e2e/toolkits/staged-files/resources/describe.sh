# Writes how many files a dataset has, and which was changed last.
eval "$LIBRARY"

count=$(find "$DATA_PATH" -type f -not -path '*/.settings' | wc -l)
newest=$(find "$DATA_PATH" -type f -not -path '*/.settings' -printf '%T@ %P\n' | sort -n | tail -n 1 | cut -d ' ' -f 2-)
printf '{"fileCount": %d, "newest": %s}' "$count" "$(json_text "$newest")" > "$DLPX_OUTPUT_FILE"
