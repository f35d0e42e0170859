import unittest

from dlpx.virtualization.common import (
    IncorrectTypeError,
    PasswordCredentials,
    RemoteConnection,
    RemoteEnvironment,
    RemoteHost,
    RemoteUser,
    to_bytes,
    to_str,
)
from dlpx.virtualization.libs import PluginScriptError
from dlpx.virtualization.platform import (
    IncorrectReferenceFormatError,
    Mount,
    MountSpecification,
    OwnershipSpecification,
    SourceConnection,
    StagedSource,
    Status,
    UserError,
    VirtualSource,
)


def environment():
    return RemoteEnvironment("here", "UNIX_HOST_ENVIRONMENT-1", RemoteHost("127.0.0.1", "UNIX_HOST-1", "/bin", "/scratch"))


def connection():
    return RemoteConnection(environment(), RemoteUser("alice", "HOST_USER-1"))


class Constructors(unittest.TestCase):
    def test_name_parameter_and_types_but_never_the_value(self):
        wrong = [
            (lambda: RemoteHost("a", "b", "c", 47110815), "scratch_path"),
            (lambda: RemoteEnvironment("a", "b", 47110815), "host"),
            (lambda: PasswordCredentials("a", 47110815), "password"),
            (lambda: OwnershipSpecification("47110815", 1), "uid"),
            (lambda: OwnershipSpecification(1, True), "gid"),
            (lambda: MountSpecification(47110815), "mounts"),
            (lambda: MountSpecification([47110815]), "mounts"),
            (lambda: Mount(environment(), 47110815), "mount_path"),
            (lambda: Mount(47110815, "/a"), "remote_environment"),
            (lambda: VirtualSource("guid", connection(), {}, "47110815"), "mounts"),
        ]
        for make, parameter in wrong:
            with self.assertRaises(IncorrectTypeError) as caught:
                make()
            self.assertIn("'{}'".format(parameter), caught.exception.message)
            self.assertNotIn("47110815", caught.exception.message)

    def test_take_made_up_names_and_empty_paths(self):
        host = RemoteHost("", "UNIX_HOST-1", "", "")
        RemoteConnection(RemoteEnvironment("made up", "UNIX_HOST_ENVIRONMENT-1", host), RemoteUser("made up", "HOST_USER-2"))

    def test_let_plugins_set_attributes_of_their_own(self):
        source = StagedSource("guid", connection(), {}, None, connection())
        source.anything = 1
        self.assertEqual(source.mounts, [])


class Mounts(unittest.TestCase):
    def test_take_an_environment_or_its_reference(self):
        self.assertEqual(Mount("WINDOWS_HOST_ENVIRONMENT-12", "/a").remote_environment, "WINDOWS_HOST_ENVIRONMENT-12")
        for wrong in ("UNIX_HOST-1", "UNIX_HOST_ENVIRONMENT-", "UNIX_HOST_ENVIRONMENT-1\n", "x"):
            with self.assertRaises(IncorrectReferenceFormatError):
                Mount(wrong, "/a")


class Words(unittest.TestCase):
    def test_of_the_oldest_documents_are_known(self):
        self.assertIs(SourceConnection, RemoteConnection)
        self.assertEqual([status.name for status in Status], ["ACTIVE", "INACTIVE"])

    def test_text_and_bytes_become_each_other(self):
        self.assertEqual(to_bytes(u"\u00e4"), b"\xc3\xa4")
        self.assertEqual(to_str(b"\xc3\xa4"), u"\u00e4")
        self.assertEqual(to_bytes(b"x"), b"x")
        self.assertEqual(to_str(u"x"), u"x")


class Failures(unittest.TestCase):
    def test_of_users_hold_message_action_and_output_as_their_arguments(self):
        error = UserError(u"\u00e4", "do", "out")
        self.assertEqual(error.args, (u"\u00e4", "do", "out"))
        self.assertEqual((error.message, error.action, error.output), error.args)
        self.assertEqual(to_str(str(error)), u"\u00e4")
        self.assertEqual(UserError("m").args, ("m", "", ""))

    def test_of_users_may_have_a_message_of_their_own(self):
        class PortTaken(UserError):
            @property
            def message(self):
                return "Port {} is taken.".format(self.args[0])

        self.assertEqual(str(PortTaken(7)), "Port 7 is taken.")

    def test_of_scripts_can_be_made_by_a_plugins_own_tests(self):
        self.assertEqual(PluginScriptError("boom").message, "boom")


if __name__ == "__main__":
    unittest.main()
