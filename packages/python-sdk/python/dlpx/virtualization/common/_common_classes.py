"""Hosts, environments, users and credentials, as operations get them."""

from dlpx.virtualization.common._check_type import check_text, check_type


class RemoteHost(object):
    """A host: its address (`name`), and where things lie on it."""

    def __init__(self, name, reference, binary_path, scratch_path):
        check_text(RemoteHost, "name", name)
        check_text(RemoteHost, "reference", reference)
        check_text(RemoteHost, "binary_path", binary_path)
        check_text(RemoteHost, "scratch_path", scratch_path)
        self.name = name
        self.reference = reference
        self.binary_path = binary_path
        self.scratch_path = scratch_path


class RemoteEnvironment(object):
    """A host that the engine can reach, under the name that its users gave it."""

    def __init__(self, name, reference, host):
        check_text(RemoteEnvironment, "name", name)
        check_text(RemoteEnvironment, "reference", reference)
        check_type(RemoteEnvironment, "host", host, RemoteHost)
        self.name = name
        self.reference = reference
        self.host = host


class RemoteUser(object):
    """A user of an environment."""

    def __init__(self, name, reference):
        check_text(RemoteUser, "name", name)
        check_text(RemoteUser, "reference", reference)
        self.name = name
        self.reference = reference


class RemoteConnection(object):
    """As whom commands run, and where. The engine finds host and user by their references alone."""

    def __init__(self, environment, user):
        check_type(RemoteConnection, "environment", environment, RemoteEnvironment)
        check_type(RemoteConnection, "user", user, RemoteUser)
        self.environment = environment
        self.user = user


SourceConnection = RemoteConnection


class Credentials(object):
    """What somebody logs in with. `username` is empty where there is none."""

    def __init__(self, username):
        check_text(Credentials, "username", username)
        self.username = username


class PasswordCredentials(Credentials):
    def __init__(self, username, password):
        super(PasswordCredentials, self).__init__(username)
        check_text(PasswordCredentials, "password", password)
        self.password = password


class KeyPairCredentials(Credentials):
    """`public_key` is empty where there is none."""

    def __init__(self, username, private_key, public_key):
        super(KeyPairCredentials, self).__init__(username)
        check_text(KeyPairCredentials, "private_key", private_key)
        check_text(KeyPairCredentials, "public_key", public_key)
        self.private_key = private_key
        self.public_key = public_key
