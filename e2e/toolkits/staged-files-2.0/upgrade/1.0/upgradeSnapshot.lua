return { files = { count = metadata.fileCount, newest = metadata.newest } }
