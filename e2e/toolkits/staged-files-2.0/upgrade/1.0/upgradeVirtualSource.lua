-- Copies have a label since 2.0, and nobody was asked for one before.
parameters.label = "port " .. (parameters.port or 27017)
return parameters
