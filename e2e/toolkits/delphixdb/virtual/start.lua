RunBash {
    command     = resources["server.sh"],
    environment = source.environment,
    user        = source.environmentUser,
    host        = source.host,
    variables   = { ACTION = "start", DATA_PATH = source.dataDirectory, NAME = parameters.dbName, PORT = parameters.port },
}
