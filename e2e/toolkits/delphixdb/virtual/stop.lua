RunBash {
    command     = resources["server.sh"],
    environment = source.environment,
    user        = source.environmentUser,
    host        = source.host,
    variables   = { ACTION = "stop", DATA_PATH = source.dataDirectory },
}
