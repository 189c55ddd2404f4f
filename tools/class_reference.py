"""What mkdocstrings cannot read in the sources of docs/python.md: an extension of griffe."""

import griffe

_OUTPUT = "ResourceOutput["


class AsAtRuntime(griffe.Extension):
    """Shows classes as programs have them: with inherited texts, and outputs with their types."""

    def on_class(self, *, cls: griffe.Class, **_: object) -> None:
        """A class without a text of its own has that of its base."""
        if cls.docstring is None:
            bases = (base.docstring for base in cls.mro())
            cls.docstring = next((docstring for docstring in bases if docstring), None)

    def on_function(self, *, func: griffe.Function, **_: object) -> None:
        """An argument that may be left out is None then; griffe writes `...`."""
        for section in func.docstring.parsed if func.docstring else ():
            if isinstance(section, griffe.DocstringSectionParameters):
                for argument in section.value:
                    argument.value = "None" if argument.value == "..." else argument.value

    def on_attribute(self, *, attr: griffe.Attribute, **_: object) -> None:
        """`name = ResourceOutput[T](...)` is an attribute of the type `Output[T]`."""
        value = attr.value
        if isinstance(value, griffe.ExprCall) and str(value).startswith(_OUTPUT):
            assert isinstance(value.function, griffe.ExprSubscript)
            attr.annotation = griffe.ExprSubscript("Output", value.function.slice)
