RunBash {
    command     = resources["server.sh"],
    environment = source.stagingEnvironment,
    user        = source.stagingEnvironmentUser,
    host        = source.stagingHost,
    variables   = {
        ACTION    = "start",
        DATA_PATH = source.dataDirectory,
        NAME      = parameters.stagingDbName,
        PORT      = parameters.stagingPort,
    },
}
