RunBash {
    command     = resources["mark.sh"],
    environment = source.environment,
    user        = source.environmentUser,
    variables   = { ACTION = "set", TOOLKIT_PATH = source.toolkitPath, GUID = source.guid, DATA_PATH = source.dataDirectory },
}
