# -*- coding: utf-8 -*-
import unittest

from dlpx.virtualization._definitions import Definition, GeneratedClassesError, Property, definition
from sample_definitions import SampleDefinition, SampleDefinitionLimits


class Constructing(unittest.TestCase):
    def test_takes_keywords_in_snake_case_and_positions_in_the_schemas_order(self):
        self.assertEqual(SampleDefinition(name="a", d_source_type="full"), SampleDefinition("a", "full"))

    def test_refuses_the_schemas_own_names_as_keywords(self):
        with self.assertRaises(TypeError):
            SampleDefinition(name="a", dSourceType="full")

    def test_fills_in_the_schemas_defaults(self):
        self.assertEqual(SampleDefinition(name="a").port, 1234)

    def test_requires_what_the_schema_requires_unless_told_not_to_validate(self):
        with self.assertRaises(GeneratedClassesError) as caught:
            SampleDefinition()
        self.assertEqual(caught.exception.message, "The required parameter 'name' must not be 'None'.")
        self.assertIsNone(SampleDefinition(validate=False).name)

    def test_refuses_what_does_not_fit_and_never_says_the_value(self):
        wrong = [
            ({"name": 7}, "string"),
            ({"name": ""}, "at least 1"),
            ({"name": "abcdef"}, "at most 5"),
            ({"name": "A"}, "pattern"),
            ({"d_source_type": "whole"}, "one of"),
            ({"port": 1.0}, "integer"),
            ({"port": True}, "integer"),
            ({"port": 0}, "at least 1"),
            ({"port": 65536}, "at most 65535"),
            ({"ratio": "1"}, "number"),
            ({"ratio": 0}, "more than 0"),
            ({"is_on": 1}, "boolean"),
            ({"tags": ("x",)}, "a list"),
            ({"tags": ["x", 47110815]}, "tags[1]"),
            ({"tags": ["x", "y", "z"]}, "at most 2"),
            ({"sizes": {"a": "47110815"}}, "sizes['a']"),
            ({"limits": 47110815}, "SampleDefinitionLimits"),
        ]
        for values, words in wrong:
            with self.assertRaises(GeneratedClassesError) as caught:
                SampleDefinition(**dict({"name": "a"}, **values))
            self.assertIn(words, caught.exception.message)
            self.assertNotIn("47110815", caught.exception.message)

    def test_accepts_what_fits(self):
        made = SampleDefinition(name=u"a", port=1, ratio=1, tags=[u"\u00e4"], nodes=[{"anyName": 1}], sizes={"a": 1}, anything=[None])
        self.assertEqual(made.to_dict()["nodes"], [{"anyName": 1}])


    def test_takes_utf_8_for_text_in_python_2(self):
        @definition
        class Named(Definition):
            name = Property("name", {"type": "string", "enum": [u"\u00e4"]})

            def __init__(self, name=None, validate=True):
                self._set(validate, name=name)

        for name in [u"\u00e4", u"\u00e4".encode("utf-8")] if str is bytes else [u"\u00e4"]:
            self.assertEqual(Named(name).name, name)

    def test_leaves_patterns_that_only_javascript_knows_to_the_engine(self):
        @definition
        class Versioned(Definition):
            version = Property("version", {"type": "string", "pattern": r"^(?<major>\d+)\.[^]*$"})

            def __init__(self, version=None, validate=True):
                self._set(validate, version=version)

        self.assertEqual(Versioned("1.0").version, "1.0")

    def test_leaves_enumerations_within_lists_and_nested_dicts_to_the_engine(self):
        @definition
        class Loose(Definition):
            modes = Property("modes", {"type": "array", "items": {"type": "string", "enum": ["a"]}})
            places = Property("places", {"type": "object", "additionalProperties": {"type": "string", "enum": ["a"]}})

            def __init__(self, modes=None, places=None, validate=True):
                self._set(validate, modes=modes, places=places)

        self.assertEqual(Loose(["b"], {"c": "b"}).to_dict(), {"modes": ["b"], "places": {"c": "b"}})


class Setting(unittest.TestCase):
    def test_always_validates(self):
        made = SampleDefinition(validate=False)
        with self.assertRaises(GeneratedClassesError):
            made.name = None
        with self.assertRaises(GeneratedClassesError):
            made.port = "1"
        made.port = None
        made.name = "b"
        self.assertEqual(made.to_dict(), {"name": "b"})

    def test_keeps_attributes_that_no_schema_knows_out_of_the_data(self):
        made = SampleDefinition(name="a")
        made.handle = object()
        self.assertEqual(made.to_dict(), {"name": "a", "port": 1234})

    def test_reads_what_was_assigned_to_the_class(self):
        class Assigned(SampleDefinition):
            pass

        Assigned.d_source_type = "part"
        self.assertEqual(Assigned(name="a").to_dict()["dSourceType"], "part")


class Dicts(unittest.TestCase):
    def test_go_in_and_out_with_the_schemas_own_names(self):
        data = {"name": "a", "dSourceType": "full", "port": 5, "limits": {"maxSize": 7}}
        made = SampleDefinition.from_dict(data)
        self.assertIsInstance(made.limits, SampleDefinitionLimits)
        self.assertEqual(made.limits.max_size, 7)
        self.assertEqual(made.to_dict(), data)

    def test_are_read_generously(self):
        made = SampleDefinition.from_dict({"port": "5", "ratio": "1.5", "name": 7, "unknown": 1, "sizes": {"a": "3"}})
        self.assertEqual((made.port, made.ratio, made.name), (5, 1.5, "7"))
        self.assertEqual(made.sizes, {"a": 3})
        self.assertEqual(SampleDefinition.from_dict({}).port, 1234)
        self.assertIsNone(SampleDefinition.from_dict(None))

    def test_keep_lists_of_objects_as_plain_dicts_with_the_schemas_own_names(self):
        made = SampleDefinition.from_dict({"name": "a", "nodes": [{"mountPath": "/a", "unknown": 1}]})
        self.assertEqual(made.nodes, [{"mountPath": "/a", "unknown": 1}])
        self.assertEqual(made.to_dict()["nodes"], [{"mountPath": "/a", "unknown": 1}])

    def test_keep_integers_of_any_length(self):
        self.assertEqual(SampleDefinition.from_dict({"port": "12345678901234567890"}).port, 12345678901234567890)

    def test_are_what_is_compared_and_printed(self):
        one, same = SampleDefinition(name="a"), SampleDefinition(name="a")
        self.assertEqual(one, same)
        self.assertFalse(one != same)
        self.assertNotEqual(one, SampleDefinition(name="b"))
        self.assertEqual(repr(one), "{'name': 'a', 'port': 1234}")
        self.assertEqual(str(one), repr(one))

    def test_can_be_kept_in_sets_as_far_as_python_allows(self):
        one = SampleDefinition(name="a")
        if str is bytes:
            self.assertEqual(len({one, one}), 1)
        else:
            self.assertRaises(TypeError, hash, one)


if __name__ == "__main__":
    unittest.main()
