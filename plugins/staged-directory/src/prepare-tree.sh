# Makes a clone of $DATASET ready to be copied: masks the files whose names match a line of $MASKED_FILES, then writes the
# checksum of every file into manifest.sha256. Prints how many files there are and how many were masked.
set -euo pipefail
cd -- "$DATASET"
rm -f keeper.pid keeper.heartbeat

masked=0
while IFS= read -r pattern; do
  [ -n "$pattern" ] || continue
  while IFS= read -r -d '' file; do
    # Written in place, so that no other name of the file keeps what it was.
    mode=$(stat --format=%a -- "$file")
    chmod u+w -- "$file"
    echo masked >"$file"
    chmod "$mode" -- "$file"
    masked=$((masked + 1))
  done < <(find tree -type f -name "$pattern" -print0)
done <<<"$MASKED_FILES"

find tree -type f -print0 | sort --zero-terminated | xargs --null --no-run-if-empty sha256sum -- >manifest.sha256
echo "$(wc --lines <manifest.sha256) $masked"
