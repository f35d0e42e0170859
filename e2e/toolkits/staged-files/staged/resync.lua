RunBash {
    command     = resources["copy.sh"],
    environment = source.stagingEnvironment,
    user        = source.stagingEnvironmentUser,
    host        = source.stagingHost,
    variables   = {
        LIBRARY      = resources["lib/json.sh"],
        RSYNC        = repository.rsyncPath,
        SOURCE_PATH  = config.path,
        STAGING_PATH = source.dataDirectory,
        EXCLUDES     = table.concat(parameters.excludes or {}, "\n"),
        WIPE         = true,
    },
}
