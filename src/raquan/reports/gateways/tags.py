"""Reads the tags of a template: which fields it shows, and which tags name nothing or ask for more than to be shown."""

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from raquan.reports.gateways.filling import FILLED
from raquan.reports.rules.templates import ROOT, TagFinding, bare, fields_of, item_of

_LOOP = {"index", "index0", "first", "last", "length"}
_FILTERS = {"upper", "lower", "capitalize", "trim", "length", "default", "first", "last", "join"}
_SHOWN = (nodes.TemplateData, nodes.Const)
_LOOP_TYPE = "loop"


def read_tags(template: bytes) -> tuple[set[str], tuple[TagFinding, ...]]:
    """Give the fields that a template shows, and what is wrong with its tags. Raises BadZipFile, KeyError."""
    from docxtpl import DocxTemplate

    patch = DocxTemplate(io.BytesIO(template)).patch_xml
    reading = _Reading()
    with zipfile.ZipFile(io.BytesIO(template)) as package:
        for name in sorted(package.namelist()):
            if FILLED.fullmatch(name):
                reading.read(patch(package.read(name).decode()))
    return reading.fields, tuple(dict.fromkeys(reading.findings))


class _Reading:
    """Walks through the tags; every name has the type of what it is filled with."""

    def __init__(self) -> None:
        self.fields: set[str] = set()
        self.findings: list[TagFinding] = []
        self._environment = ImmutableSandboxedEnvironment()

    def read(self, xml: str) -> None:
        try:
            tree = self._environment.parse(xml)
        except TemplateSyntaxError as error:
            self._found("tag_broken", str(error.message))
            return
        self._body(tree.body, {"c": ROOT})

    def _found(self, code: str, said: str) -> None:
        self.findings.append(TagFinding(code, said))

    def _body(self, body: list[nodes.Node], scope: dict[str, Any]) -> None:
        for one in body:
            if isinstance(one, nodes.Output):
                for part in one.nodes:
                    self._shown(part, scope)
            elif isinstance(one, nodes.For):
                inner = dict(scope) | {"loop": _LOOP_TYPE}
                self._bind(one.target, item_of(self._type(one.iter, scope)), inner, one)
                self._body(one.body, inner)
                self._body(one.else_, scope)
            elif isinstance(one, nodes.If):
                self._type(one.test, scope)
                for branch in (one.body, *[more.body for more in one.elif_], one.else_):
                    self._body(list(branch), scope)
                for more in one.elif_:
                    self._type(more.test, scope)
            elif isinstance(one, nodes.Assign):
                self._bind(one.target, self._type(one.node, scope), scope, one)
            else:
                self._found("tag_forbidden", type(one).__name__.lower())

    def _bind(self, target: nodes.Node, of: Any, scope: dict[str, Any], where: nodes.Node) -> None:
        if isinstance(target, nodes.Name) and of is not None:
            scope[target.name] = of
            return
        if of is None:
            self._found("tag_not_list", _written(where))
        else:
            self._found("tag_forbidden", _written(target))
        scope |= {one.name: None for one in target.find_all(nodes.Name)}
        if isinstance(target, nodes.Name):
            scope[target.name] = None

    def _shown(self, part: nodes.Node, scope: dict[str, Any]) -> None:
        if isinstance(part, _SHOWN):
            return
        of = bare(self._type(part, scope))
        if of is not None and (fields_of(of) or item_of(of) is not None):
            self._found("tag_not_text", _written(part))

    def _type(self, one: nodes.Node, scope: dict[str, Any]) -> Any:
        """Give the type of an expression; None where it is not known, which has been found already."""
        handlers: dict[type[nodes.Node], Callable[[Any, dict[str, Any]], Any]] = {
            nodes.Name: self._name,
            nodes.Getattr: self._attribute,
            nodes.Getitem: self._item,
            nodes.Filter: self._filter,
        }
        handle = handlers.get(type(one))
        if handle is not None:
            return handle(one, scope)
        if isinstance(one, nodes.Const):
            return type(one.value)
        plain = (nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.CondExpr, nodes.Concat, nodes.Test)
        if not isinstance(one, plain):
            self._found("tag_forbidden", _written(one))
            return None
        for child in one.iter_child_nodes():
            self._type(child, scope)
        return str

    def _name(self, one: nodes.Name, scope: dict[str, Any]) -> Any:
        if one.name not in scope:
            self._found("tag_unknown", one.name)
            return None
        return scope[one.name]

    def _attribute(self, one: nodes.Getattr, scope: dict[str, Any]) -> Any:
        of = bare(self._type(one.node, scope))
        if isinstance(one.node, nodes.Name) and of is ROOT:
            self.fields.add(one.attr)
        if of is None:
            return None
        if of == _LOOP_TYPE and one.attr in _LOOP:
            return int
        known = fields_of(of) if of != _LOOP_TYPE else {}
        if one.attr not in known:
            self._found("tag_unknown", _written(one))
            return None
        return known[one.attr]

    def _item(self, one: nodes.Getitem, scope: dict[str, Any]) -> Any:
        of = item_of(self._type(one.node, scope))
        if of is None or not (isinstance(one.arg, nodes.Const) and isinstance(one.arg.value, int)):
            self._found("tag_forbidden", _written(one))
            return None
        return of

    def _filter(self, one: nodes.Filter, scope: dict[str, Any]) -> Any:
        if one.name not in _FILTERS or one.node is None:
            self._found("tag_forbidden", f"|{one.name}")
            return None
        self._type(one.node, scope)
        return str


def _written(one: nodes.Node) -> str:
    return ".".join(_path(one)) or type(one).__name__.lower()


def _path(one: nodes.Node) -> Iterator[str]:
    match one:
        case nodes.Getattr():
            yield from _path(one.node)
            yield one.attr
        case nodes.Getitem():
            yield from _path(one.node)
        case nodes.Name():
            yield one.name
        case nodes.For():
            yield from _path(one.iter)
        case nodes.Call():
            yield from _path(one.node)
