# Makes the staging copy $DATASET/tree equal to $TREE. With $START_OVER it begins from nothing.
set -e
cd -- "$DATASET"
if [ -n "$START_OVER" ]; then rm -rf tree; fi
mkdir -p tree
# A file that changed is written anew beside the former one: slower than in place, but no reader ever sees half of it.
rsync --archive --hard-links --acls --xattrs --sparse --numeric-ids --delete -- "$TREE/" tree/
