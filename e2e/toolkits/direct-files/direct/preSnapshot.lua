# The data is copied while the engine waits for this script.
RunSync {
    environment        = source.environment,
    user               = source.environmentUser,
    host               = source.host,
    sourceDirectory    = config.path,
    excludePaths       = parameters.excludes,
    followSymlinkPaths = parameters.follows,
}
