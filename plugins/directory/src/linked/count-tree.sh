# Prints how many files the tree $TREE has and how many bytes they hold, as far as this user can see. A file with several
# names counts once for each, its bytes once for all.
find "$TREE/" -type f -printf '%n %D:%i %s\n' 2>/dev/null | awk '
  { files++; if ($1 == 1 || !seen[$2]++) bytes += $3 }
  END { printf "%.0f %.0f\n", files, bytes }
'
