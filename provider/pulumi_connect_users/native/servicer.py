"""Pulumi's gRPC service `ResourceProvider`: its calls become the engine's, and back."""

from collections.abc import Mapping
from typing import Final

from google.protobuf import empty_pb2
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import provider_pb2 as messages

from ..core.errors import ConnectUsersError
from ..core.messages import UNFINISHED
from ..core.ownership import FORMER
from ..core.privacy import hides_addresses
from ..core.properties import Properties, Value, texts
from ..core.unknowns import UNKNOWN
from ..engine.catalog import resource_of
from ..engine.program_settings import read_program_settings
from ..engine.resource import Resource
from ..users.inputs import IMPORTED
from .answers import Incomplete, Refused, answers
from .detailed_diff import detailed_diff
from .plugin import ORGANIZATION, Plugin, changes
from .refusals import REFUSED, Refusals
from .types import TYPES, ResourceType, stack_of
from .values import Bag, Path, decode, encode

_INPUTS_ONLY: Final = ("password", "passwords", FORMER)
"""Not kept as outputs: every call but check brings the inputs too."""


class Provider(Plugin):
    """The resources; calls run side by side."""

    def __init__(self, engine_address: str, version: str) -> None:
        super().__init__(engine_address, version)
        self._refusals = Refusals()
        self._imported: set[str] = set()

    @answers
    def Check(self, request: messages.CheckRequest) -> messages.CheckResponse:
        """Judges the inputs. Refusals are logged, and fail a preview together: see `refusals`."""
        type_, resource = self._resource(request.urn)
        old, new = decode(request.olds), decode(request.news)
        # An import is checked with the inputs that were read, and keeps what says so.
        imported = {key: new.values.pop(key) for key in (IMPORTED,) if key in new.values}
        try:
            marked = {**type_.declare(_own(new.values)), **self._mark(type_, request.urn)}
            checked = resource.check(_own(old.values), marked)
            inputs, refused = dict(checked.inputs), checked.failures
        except ConnectUsersError as error:
            inputs, refused = new.values, self.run.log.refusals([error])
        if refused and request.urn in self._imported:
            # The engine makes no other call for an import.
            failures = [messages.CheckFailure(reason=reason) for reason in refused]
            return messages.CheckResponse(inputs=request.news, failures=failures)
        for reason in refused:
            self.run.log.refuse(reason)
        self._refusals.note_check(request.urn, refused)
        inputs.pop(FORMER, None)
        inputs |= imported
        return messages.CheckResponse(inputs=encode(inputs, _secrets(type_, inputs, new)))

    @answers
    def Diff(self, request: messages.DiffRequest) -> messages.DiffResponse:
        """Compares old outputs with new inputs."""
        if self._refusals.of(request.urn):
            # A resource without changes would never come to the call that fails.
            return messages.DiffResponse(changes=messages.DiffResponse.DIFF_SOME)
        _, resource = self._resource(request.urn)
        old, new = _state(request.olds, request.old_inputs), decode(request.news).values
        plan = resource.plan(request.id, old, new)
        diff = detailed_diff(plan, old, new)
        return messages.DiffResponse(
            changes=changes(differs=plan.changes),
            replaces=plan.replaces,
            deleteBeforeReplace=plan.deletes_first,
            diffs=sorted({path[0] for path in plan.changed} | set(plan.replaces)),
            detailedDiff=diff,
            hasDetailedDiff=bool(diff),
        )

    @answers
    def Create(self, request: messages.CreateRequest) -> messages.CreateResponse:
        """Creates the resource, or adopts what an interrupted run has created."""
        type_, resource = self._resource(request.urn)
        inputs = decode(request.properties)
        self._refuse(request.urn, preview=request.preview)
        if request.preview:
            outputs = {**inputs.values, **type_.computed(UNKNOWN)}
            return messages.CreateResponse(properties=_outputs(type_, outputs, inputs))
        created = resource.create({**inputs.values, **self._mark(type_, request.urn)})
        outputs = {**created.outputs, **type_.computed(created.id)}
        return messages.CreateResponse(
            id=created.id, properties=_complete(type_, created.id, outputs, inputs)
        )

    @answers
    def Read(self, request: messages.ReadRequest) -> messages.ReadResponse:
        """Reads the resource; an import or a get has only the id that a person gave."""
        type_, resource = self._resource(request.urn)
        inputs = decode(request.inputs)
        if request.properties.fields:
            id_ = request.id
            actual = resource.read(id_, _state(request.properties, request.inputs))
        else:
            self._imported.add(request.urn)
            found = resource.find(request.id)
            id_, actual = (found.id, found.actual) if found else ("", None)
        if actual is None:
            return messages.ReadResponse()
        outputs = {**actual.outputs, **type_.computed(id_)}
        return messages.ReadResponse(
            id=id_,
            properties=_outputs(type_, outputs, inputs),
            inputs=encode(actual.inputs, _secrets(type_, actual.inputs, inputs)),
        )

    @answers
    def Update(self, request: messages.UpdateRequest) -> messages.UpdateResponse:
        """Brings the resource from old outputs to new inputs."""
        type_, resource = self._resource(request.urn)
        inputs = decode(request.news)
        self._refuse(request.urn, preview=request.preview)
        computed = type_.computed(request.id)
        if request.preview:
            outputs = {**inputs.values, **computed}
            return messages.UpdateResponse(properties=_outputs(type_, outputs, inputs))
        old = _state(request.olds, request.old_inputs)
        try:
            updated = resource.update(request.id, old, inputs.values)
        except ConnectUsersError as error:
            if error.reached is None:
                raise
            reached = _outputs(type_, {**error.reached, **computed}, inputs)
            raise Incomplete(request.id, reached, [str(error)]) from None
        outputs = {**updated, **computed}
        return messages.UpdateResponse(properties=_complete(type_, request.id, outputs, inputs))

    @answers
    def Delete(self, request: messages.DeleteRequest) -> empty_pb2.Empty:
        """Deletes the resource if it is still ours."""
        _, resource = self._resource(request.urn)
        resource.delete(request.id, _state(request.properties, request.old_inputs))
        return empty_pb2.Empty()

    @answers
    def Invoke(self, request: messages.InvokeRequest) -> messages.InvokeResponse:
        """Calls a function; SDKs wait for arguments that a preview does not know."""
        from ..engine.functions import FUNCTIONS, PERSONAL

        name = request.tok.rpartition(":")[2]
        if name not in FUNCTIONS:
            raise Refused(
                f"{request.tok}: unknown function. Known: {', '.join(sorted(FUNCTIONS))}."
            )
        arguments = _own(decode(request.args).values)
        result = FUNCTIONS[name](self.run, arguments)
        hides = hides_addresses() and name in PERSONAL
        hidden = [(key,) for key in result] if hides else []
        response = messages.InvokeResponse()
        # The field's name is a keyword.
        getattr(response, "return").CopyFrom(encode(result, hidden))
        return response

    def _resource(self, urn: str) -> tuple[ResourceType, Resource]:
        token = urn.split("::")[2].rpartition("$")[2]
        type_ = TYPES[token]
        organization, owner_id = map(self.settings.get, (ORGANIZATION, "ownerId"))
        self.run.serve(stack_of(urn, organization, owner_id or ""))
        return type_, resource_of(type_.kind, self.run)

    def _mark(self, type_: ResourceType, urn: str) -> Properties:
        settings = read_program_settings(self.settings.get)
        return type_.mark(urn, settings, self.settings.get(ORGANIZATION))

    def _refuse(self, urn: str, *, preview: bool) -> None:
        """Ends the call of a refused resource: a preview once for all, a real one always."""
        if preview:
            if reason := self._refusals.fails_preview(urn):
                raise Refused(reason)
        elif self._refusals.of(urn):
            raise Refused(REFUSED)


def _own(bag: Mapping[str, Value]) -> dict[str, Value]:
    """A bag without what SDKs and the engine keep in it for themselves."""
    return {key: value for key, value in bag.items() if not key.startswith("__")}


def _state(outputs: Struct, inputs: Struct) -> dict[str, Value]:
    """The outputs as the core stores them: with what only the inputs hold."""
    state = _own(decode(outputs).values)
    kept = {k: v for k, v in decode(inputs).values.items() if k in _INPUTS_ONLY}
    return {k: v for k, v in state.items() if k != "userId"} | kept


def _secrets(type_: ResourceType, bag: Properties, given: Bag) -> frozenset[Path]:
    """Where a bag holds secrets: what the program marked, and what always is one."""
    return given.secrets | type_.hidden(bag)


def _outputs(type_: ResourceType, outputs: Properties, inputs: Bag) -> Struct:
    kept = {key: value for key, value in outputs.items() if key not in _INPUTS_ONLY}
    return encode(kept, _secrets(type_, kept, inputs))


def _complete(type_: ResourceType, id_: str, outputs: Properties, inputs: Bag) -> Struct:
    """The outputs of a resource that is as wanted; raises Incomplete for any other."""
    done = {key: value for key, value in outputs.items() if key != UNFINISHED}
    struct = _outputs(type_, done, inputs)
    if reasons := texts(outputs.get(UNFINISHED)):
        raise Incomplete(id_, struct, reasons)
    return struct
