RunBash {
    command     = resources["server.sh"],
    environment = source.stagingEnvironment,
    user        = source.stagingEnvironmentUser,
    host        = source.stagingHost,
    variables   = { ACTION = "stop", DATA_PATH = source.dataDirectory },
}
