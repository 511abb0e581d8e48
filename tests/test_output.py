"""A build again: what did not change is left alone, what no build writes any more goes."""

from __future__ import annotations

from pathlib import Path

from feebook.publish.inputs import digest
from feebook.publish.output import Made, Output, put, state


def held(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text() for path in sorted(root.rglob("*")) if path.is_file()}


def test_a_file_with_the_same_bytes_is_not_written_again(tmp_path: Path) -> None:
    put(tmp_path, "codes/a.txt", "one")
    (tmp_path / "codes/a.txt").chmod(0o444)
    before = (tmp_path / "codes/a.txt").stat().st_mtime_ns
    assert put(tmp_path, "codes/a.txt", b"one") == "codes/a.txt"
    assert (tmp_path / "codes/a.txt").stat().st_mtime_ns == before


def builds(root: Path, key: str, text: str) -> tuple[list[str], int]:
    """What a build of one step ran and gave."""
    ran: list[str] = []

    def make() -> Made[int]:
        ran.append(text)
        return [put(root, f"{text}.txt", text)], len(text)

    out = Output.open(root)
    value = out.step("one", key, make)
    out.finish()
    return ran, value


def test_a_step_is_run_again_only_when_its_key_or_its_files_changed(tmp_path: Path) -> None:
    root = tmp_path / "public"
    assert builds(root, "k1", "first") == (["first"], 5)
    assert builds(root, "k1", "second") == ([], 5)
    assert held(root) == {"first.txt": "first"}
    (root / "first.txt").write_text("mended by hand")
    assert builds(root, "k1", "first") == (["first"], 5)
    assert held(root) == {"first.txt": "first"}
    assert builds(root, "k2", "second") == (["second"], 6)
    assert held(root) == {"second.txt": "second"}


def test_steps_of_many_items_are_kept_one_by_one(tmp_path: Path) -> None:
    root = tmp_path / "public"

    def make(item: str) -> Made[str]:
        return [put(root, f"{item}.txt", item)], item.upper()

    for keys in ({"a": "1", "b": "1"}, {"a": "1", "b": "2"}, {"b": "2"}):
        out = Output.open(root)
        assert out.each("many", keys, make) == {item: item.upper() for item in keys}
        out.finish()
    assert held(root) == {"b.txt": "b"}


def test_what_an_earlier_build_left_goes_and_what_begins_with_a_dot_stays(tmp_path: Path) -> None:
    root = tmp_path / "public"
    for name in ("codes/37252/index.html", "codes/00000/index.html", "old.html", ".nojekyll"):
        put(root, name, name)
    out = Output.open(root)
    out.add("pages", ["codes/37252/index.html"])
    out.finish()
    assert sorted(held(root)) == [".nojekyll", "codes/37252/index.html"]
    assert not (root / "codes/00000").exists()
    assert not state(root).is_relative_to(root)


def test_a_digest_tells_names_and_bytes_apart(tmp_path: Path) -> None:
    put(tmp_path, "a/one", "1")
    before = digest("x", tmp_path)
    (tmp_path / "a/one").rename(tmp_path / "a/two")
    renamed = digest("x", tmp_path)
    put(tmp_path, "a/two", "2")
    assert len({before, renamed, digest("x", tmp_path), digest("xx", tmp_path), digest("x")}) == 5


def test_a_build_that_failed_leaves_what_the_one_before_it_gave(tmp_path: Path) -> None:
    root = tmp_path / "public"
    put(root, "same.txt", "same")
    out = Output.open(root)
    assert out.step("one", "k1", lambda: (["same.txt"], "first")) == "first"
    out.finish()
    assert Output.open(root).step("one", "k2", lambda: (["same.txt"], "second")) == "second"
    assert Output.open(root).step("one", "k1", lambda: (["same.txt"], "never")) == "first"


def test_what_no_step_gives_any_more_is_forgotten(tmp_path: Path) -> None:
    root = tmp_path / "public"
    for key in ("k1", "k2"):
        builds(root, key, key)
    assert [path.suffix for path in sorted(state(root).iterdir())] == [".json", ".pickle"]
