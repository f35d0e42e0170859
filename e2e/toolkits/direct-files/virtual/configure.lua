RunBash {
    command     = resources["restrict.sh"],
    environment = source.environment,
    user        = source.environmentUser,
    variables   = { MODE = parameters.mode, DATA_PATH = source.dataDirectory },
}
return { name = string.match(source.dataDirectory, "[^/]+$"), path = source.dataDirectory }
