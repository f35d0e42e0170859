# Makes the tables of the staging copy like those of its source.
mkdir -p "$DATA_PATH/tables"
rsync --archive --delete "$SOURCE_PATH/tables/" "$DATA_PATH/tables/"
