# Nothing has to be stopped.
