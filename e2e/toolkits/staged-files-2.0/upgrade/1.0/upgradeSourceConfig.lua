parameters.isKept = true
return parameters
