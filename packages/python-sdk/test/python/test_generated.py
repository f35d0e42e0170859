import sys
import types
import unittest

import sample_definitions


class Lenient(unittest.TestCase):
    """The classes of the oldest documents, over those that a build generates."""

    def setUp(self):
        self.former = {name: sys.modules.pop(name, None) for name in ("generated", "dlpx.virtualization.generated")}
        sys.modules["generated"] = types.ModuleType("generated")
        sys.modules["generated"].definitions = sample_definitions
        __import__("dlpx.virtualization.generated")
        self.generated = sys.modules["dlpx.virtualization.generated"]

    def tearDown(self):
        for name, module in self.former.items():
            sys.modules.pop(name)
            if module is not None:
                sys.modules[name] = module

    def test_check_nothing_while_they_are_filled(self):
        made = self.generated.SampleDefinition()
        made.name = 7
        made.dSourceType = "whole"
        self.assertEqual(made.to_dict(), {"name": 7, "dSourceType": "whole", "port": 1234})

    def test_are_definitions_of_the_same_name(self):
        self.assertIsInstance(self.generated.SampleDefinition(), sample_definitions.SampleDefinition)

    def test_know_the_schemas_own_names_in_nested_objects_as_well(self):
        made = self.generated.SampleDefinition.from_dict({"name": "a", "limits": {"maxSize": 5}})
        self.assertEqual((made.limits.maxSize, made.limits.max_size), (5, 5))
        made.limits.maxSize = 9
        self.assertEqual(made.to_dict()["limits"], {"maxSize": 9})


if __name__ == "__main__":
    unittest.main()
