# The path has another name since 2.0.
parameters.stagingDirectory = parameters.stagingPath
parameters.stagingPath = nil
return parameters
