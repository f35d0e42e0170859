RunBash {
    command     = resources["copy.sh"],
    environment = source.stagingEnvironment,
    user        = source.stagingEnvironmentUser,
    host        = source.stagingHost,
    variables   = { SOURCE_PATH = config.dataPath, DATA_PATH = source.dataDirectory },
}
