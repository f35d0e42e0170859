class GeneratedClassesError(Exception):
    """A value does not fit the schema of its property."""

    def __init__(self, message):
        super(GeneratedClassesError, self).__init__(message)
        self.message = message
