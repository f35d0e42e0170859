-- The copy has what its snapshot says, or it is none.
RunBash {
    command     = resources["checksum.sh"],
    environment = source.environment,
    user        = source.environmentUser,
    host        = source.host,
    variables   = { DATA_PATH = source.dataDirectory, EXPECTED = string.match(snapshotJson, '"snapshotID": *"(%x+)"') },
    outputSchema = { type = "string" },
}
RunBash {
    command     = resources["server.sh"],
    environment = source.environment,
    user        = source.environmentUser,
    host        = source.host,
    variables   = { ACTION = "start", DATA_PATH = source.dataDirectory, NAME = parameters.dbName, PORT = parameters.port },
}
return { dataPath = source.dataDirectory, port = parameters.port, dbName = parameters.dbName }
