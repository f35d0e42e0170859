RunBash {
    command     = resources["mark.sh"],
    environment = source.stagingEnvironment,
    user        = source.stagingEnvironmentUser,
    variables   = { ACTION = "remove", TOOLKIT_PATH = source.toolkitPath, GUID = source.guid, DATA_PATH = source.dataDirectory },
}
