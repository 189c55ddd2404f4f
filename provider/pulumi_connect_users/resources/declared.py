"""What a resource class needs of the provider behind it, dynamic or native: the seam of the two."""

import inspect
from typing import ClassVar

import pulumi

from ..engine.program_settings import ProgramSettings, read_program_settings
from .settings import Namespace


class Declared(pulumi.Resource):
    """A resource of a program, whichever provider manages it; subclasses share its docstrings."""

    namespace: ClassVar[Namespace]

    def __init_subclass__(cls, **keywords: str) -> None:
        super().__init_subclass__(**keywords)
        cls.__doc__ = inspect.getdoc(cls)

    @classmethod
    def _settings(cls) -> ProgramSettings:
        return cls.namespace.read(read_program_settings)
