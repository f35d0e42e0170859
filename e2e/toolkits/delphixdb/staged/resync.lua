if config.dbName ~= parameters.primaryDbName then
    Fail("The instance is called " .. config.dbName .. ", not " .. parameters.primaryDbName .. ".")
end
RunBash {
    command     = resources["copy.sh"],
    environment = source.stagingEnvironment,
    user        = source.stagingEnvironmentUser,
    host        = source.stagingHost,
    variables   = { SOURCE_PATH = config.dataPath, DATA_PATH = source.dataDirectory },
}
