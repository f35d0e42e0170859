# Copies keep who may read them.
return { name = config.name, path = source.dataDirectory }
