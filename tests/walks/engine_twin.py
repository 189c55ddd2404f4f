"""What the engine does with a provider's answers, one resource after the other, without the engine.

For walks of hundreds of runs, where starting Pulumi would take most of the time: each run is a new
provider process with the real providers, over state that is written after every single step. What a
run can leave behind by being killed is what it leaves here by failing.
"""

import json
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pulumi.dynamic import Config, ConfigureRequest, ResourceProvider

from pulumi_connect_users import dynamic
from pulumi_connect_users.core.errors import ConnectUsersError
from pulumi_connect_users.dynamic import FRONT_END, UserBatchProvider, UserProvider
from pulumi_connect_users.engine.run import Run


class Stopped(Exception):
    """A run ended before its end."""


@dataclass
class Kept:
    """A resource in state."""

    id: str
    inputs: dict[str, Any]
    outputs: dict[str, Any]


@dataclass
class Deployment:
    """A program's resources (`name: inputs`), their state, and the commands on both.

    A resource that has `users` is a batch of a roster, any other one is a user.
    """

    store: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    state: dict[str, Kept] = field(default_factory=dict)
    condemned: list[Kept] = field(default_factory=list)
    """Replaced, and to be deleted: in state until that is done."""

    def up(
        self, program: Mapping[str, Mapping[str, Any]], *, replace: Collection[str] = ()
    ) -> None:
        """Brings the resources to the program; raises Stopped where the provider raises.

        `replace` names resources that are to be replaced whether they changed or not.
        """
        with self._run():
            for name, news in program.items():
                self._register(name, _received(news), forced=name in replace)
            while self.condemned:
                self._delete(self.condemned[0])
                del self.condemned[0]
            for name in [n for n in self.state if n not in program]:
                self._delete(self.state[name])
                del self.state[name]

    def preview(self, program: Mapping[str, Mapping[str, Any]]) -> list[str]:
        """The names of resources that an `up` would create, change or delete."""
        changed = sorted(set(self.state) ^ set(program))
        with self._run():
            for name, news in program.items():
                kept = self.state.get(name)
                inputs = _checked(kept.inputs if kept else {}, _received(news))
                if kept is None:
                    continue
                found = _provider(inputs).diff(kept.id, _received(kept.outputs), inputs)
                changed += [name] if found.changes else []
        return changed

    def refresh(self) -> None:
        """Brings state to what is there."""
        with self._run():
            for name, kept in list(self.state.items()):
                found = _provider(kept.inputs).read(kept.id, _received(kept.outputs))
                if not found.id:
                    del self.state[name]
                    continue
                assert found.inputs is not None
                self.state[name] = Kept(
                    found.id, _received(found.inputs), _received(found.outs or {})
                )

    def _register(self, name: str, news: dict[str, Any], *, forced: bool) -> None:
        kept = self.state.get(name)
        inputs = _checked(kept.inputs if kept else {}, news)
        if kept is None:
            self._create(name, inputs)
            return
        outputs = _received(kept.outputs)
        provider = _provider(inputs)
        found = provider.diff(kept.id, outputs, inputs)
        if not found.replaces and not forced:
            if found.changes:
                kept.outputs = _received(provider.update(kept.id, outputs, inputs).outs or {})
            kept.inputs = inputs
            return
        if found.delete_before_replace:
            self._delete(kept)
            del self.state[name]
            self._create(name, _checked({}, news))
        else:
            self._create(name, _checked({}, news))
            self.condemned.append(kept)

    def _create(self, name: str, inputs: dict[str, Any]) -> None:
        made = _provider(inputs).create(inputs)
        self.state[name] = Kept(str(made.id), inputs, _received(made.outs or {}))

    def _delete(self, kept: Kept) -> None:
        _provider(kept.inputs).delete(kept.id, _received(kept.outputs))

    @contextmanager
    def _run(self) -> Iterator[None]:
        """A new provider process; what it raises ends the run, as it ends the engine's."""
        settings = {"endpoint": "local", "localStore": str(self.store), **self.settings}
        config = Config({f"connect:{key}": value for key, value in settings.items()}, "p")
        with patch.object(dynamic, "run", Run(FRONT_END)):
            try:
                UserProvider().configure(ConfigureRequest(config))
                yield
            except ConnectUsersError as error:
                raise Stopped(str(error)) from error
            finally:
                # The provider switches tracebacks off for its errors; those of tests are wanted.
                vars(sys).pop("tracebacklimit", None)


def _provider(inputs: Mapping[str, Any]) -> ResourceProvider:
    return UserBatchProvider() if "users" in inputs else UserProvider()


def _checked(olds: Mapping[str, Any], news: dict[str, Any]) -> dict[str, Any]:
    checked = _provider(news).check(_received(olds), news)
    if checked.failures:
        raise Stopped("; ".join(failure.reason for failure in checked.failures))
    return _received(checked.inputs)


def _received(props: Mapping[str, Any]) -> dict[str, Any]:
    """Properties after a journey to the engine and back: copies, all numbers floats."""
    received: dict[str, Any] = json.loads(json.dumps(dict(props)), parse_int=float)
    return received
