"""Enumerations, also where Python has none (2.7)."""

try:
    from enum import Enum
except ImportError:

    class _EnumType(type):
        def __new__(mcs, name, bases, namespace):
            members = {key: value for key, value in namespace.items() if not key.startswith("_") and not callable(value)}
            plain = {key: value for key, value in namespace.items() if key not in members}
            cls = super(_EnumType, mcs).__new__(mcs, name, bases, plain)
            cls._members = {}
            for key in sorted(members):
                member = object.__new__(cls)
                member.name, member.value = key, members[key]
                cls._members[key] = member
                type.__setattr__(cls, key, member)
            return cls

        def __call__(cls, value):
            for member in cls:
                if member is value or member.value == value:
                    return member
            raise ValueError("{!r} is no {}".format(value, cls.__name__))

        def __iter__(cls):
            return iter(cls._members.values())

        def __getitem__(cls, name):
            return cls._members[name]

        def __contains__(cls, member):
            return isinstance(member, cls)

        def __len__(cls):
            return len(cls._members)

        def __setattr__(cls, name, value):
            if name in cls.__dict__.get("_members", {}):
                raise AttributeError("members of {} cannot be replaced".format(cls.__name__))
            type.__setattr__(cls, name, value)

    class Enum(_EnumType("_EnumBase", (object,), {})):
        def __repr__(self):
            return "<{}.{}: {!r}>".format(type(self).__name__, self.name, self.value)

        def __str__(self):
            return "{}.{}".format(type(self).__name__, self.name)

        def __reduce__(self):
            return (type(self), (self.value,))


__all__ = ["Enum"]
