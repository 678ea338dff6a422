"""The house keeps its shape: faces, floors of foreign keys, the parts of a room, the length of files."""

import ast

import grimp
import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField

from tests.architecture.house import DOORS, FACE, GROUND, ROOT, SOURCE, contracts, floors, rooms


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """The imports of the package, tests left out."""
    return grimp.build_graph("raquan", cache_dir=None)


def test_a_room_is_entered_only_by_its_face(graph: grimp.ImportGraph) -> None:
    broken = []
    for importer in graph.modules:
        parts = importer.split(".")
        if "tests" in parts or "migrations" in parts or len(parts) < 2:
            continue
        for imported in graph.find_modules_directly_imported_by(importer):
            target = imported.split(".")
            if len(target) < 3 or target[1] == parts[1] or target[1] in GROUND | {"config"}:
                continue
            if target[2] not in FACE and parts[1] != "config":
                broken.append(f"{importer} -> {imported}")
            if target[2] in FACE and len(target) > 3:
                broken.append(f"{importer} -> {imported} (behind the face)")
    allowed = {("raquan.cli.server", "raquan.ledger.jobs")}
    assert [one for one in broken if tuple(one.split(" -> ")) not in allowed] == []


def test_every_room_has_inner_layers() -> None:
    inner = next(one["containers"] for one in contracts() if one["name"] == "Inside a room")
    assert isinstance(inner, list)
    assert {one.removeprefix("raquan.") for one in inner} == set(rooms()) - DOORS - GROUND


def test_no_room_is_empty() -> None:
    empty = [room for room in rooms() if not [f for f in (SOURCE / room).glob("*.py") if f.name != "__init__.py"]]
    assert empty == []


def test_foreign_keys_follow_the_floors() -> None:
    height = floors()
    broken = []
    for model in apps.get_models():
        if not model.__module__.startswith("raquan."):
            continue
        room = model._meta.app_label
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey | ManyToManyField):
                target = field.related_model._meta.app_label
                if target == room or target not in height:
                    continue
                if height[target] >= height[room] or field.remote_field.related_name != "+":
                    broken.append(f"{model.__name__}.{field.name} -> {target}")
    assert broken == []


@pytest.mark.parametrize("room", rooms())
def test_a_rooms_init_is_one_sentence(room: str) -> None:
    tree = ast.parse((SOURCE / room / "__init__.py").read_text())
    assert len(tree.body) == 1, "nothing but the docstring"
    assert ast.get_docstring(tree, clean=True)


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


NOT_READ = {"migrations", "node_modules", "fixtures"}
"""What is not held to a length: made, fetched, or a sample document told whole."""


def test_files_and_functions_stay_readable() -> None:
    long: list[str] = []
    for path in [*SOURCE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")]:
        if not NOT_READ.isdisjoint(path.parts):
            continue
        text = path.read_text()
        if text.count("\n") > 400:
            long.append(f"{path.relative_to(ROOT)}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 60:
                long.append(f"{path.relative_to(ROOT)}: {node.name}")
        if path.stem in {"utils", "helpers", "common", "misc"}:
            long.append(f"{path.relative_to(ROOT)}: a name that says nothing")
    assert long == []


def test_views_are_short() -> None:
    long = []
    for path in SOURCE.rglob("views*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
                if (node.end_lineno or 0) - first.lineno + 1 > 20:
                    long.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert long == []


def test_only_doors_views_and_jobs_ask_the_time() -> None:
    askers = set()
    for path in SOURCE.rglob("*.py"):
        room = path.relative_to(SOURCE).parts[0]
        if "tests" in path.parts or room in DOORS or room == "kernel" or path.stem in {"views", "jobs", "middleware"}:
            continue
        if {"views", "jobs"} & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
            if name in {"now", "real_now", "today", "utcnow"}:
                askers.add(str(path.relative_to(ROOT)))
    assert askers == set()
