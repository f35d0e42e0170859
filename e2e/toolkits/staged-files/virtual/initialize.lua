-- A default only pre-fills forms.
local port = parameters.port or 27017
if port < 1 then
    Fail(messages.badPort(port))
end

local fileCount = RunBash {
    command     = resources["configure.sh"],
    environment = source.environment,
    user        = source.environmentUser,
    host        = source.host,
    variables   = {
        LIBRARY   = resources["lib/json.sh"],
        DATA_PATH = source.dataDirectory,
        PORT      = port,
        PASSWORD  = parameters.password,
        SNAPSHOT  = nil,
    },
    outputSchema = { type = "integer" },
}

RunBash {
    command     = resources["mark.sh"],
    environment = source.environment,
    user        = source.environmentUser,
    variables   = { ACTION = "set", TOOLKIT_PATH = source.toolkitPath, GUID = source.guid, DATA_PATH = source.dataDirectory },
}

return { path = source.dataDirectory, fileCount = fileCount }
