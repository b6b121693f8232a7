"""Downloads from a hub on this machine that breaks, lies and refuses: what does not arrive whole is no model."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from model_runtime import protocol
from model_runtime.__main__ import main
from model_runtime.errors import Cancelled, ModelError
from model_runtime.model_store.download import download
from model_runtime.model_store.manifest import MANIFEST, STAMP, Manifest, is_verified

from ..model.small import write_small
from .hub import Fault, StandInHub, proxying, serving, wait_until

ROOT = Path(__file__).resolve().parents[3]
WEIGHTS = "model.safetensors"
UNWANTED = {
    "modeling.py": b"raise SystemExit('code from a download was run')\n",
    "pytorch_model.bin": b"pickled",
    "model.pt": b"pickled",
    "LICENSE.py": b"more code",
    "assets/model.safetensors": b"of something else",
    ".gitattributes": b"*.safetensors filter=lfs",
}
PART = ".owner--model.part"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("published")
    write_small(folder)
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert len(files[WEIGHTS]) > 400_000  # so that it takes many pieces
    return files | {"README.md": b"# A model\n", "LICENSE": b"Apache-2.0\n"}


@pytest.fixture
def hub(published: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandInHub]:
    import huggingface_hub.constants

    # An earlier test may have imported the library, which reads the environment only then.
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_DISABLE_TELEMETRY", True)
    for name in [*os.environ]:
        if name.upper().startswith("HF_") or name.upper().endswith(("_PROXY", "_OFFLINE")):
            monkeypatch.delenv(name)
    with serving(StandInHub()) as hub:
        hub.publish(published | UNWANTED)
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
        monkeypatch.setenv("TERRASCOPE_MODELS", str(tmp_path / "models"))
        yield hub


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def model(models: Path) -> Path:
    return models / "owner--model"


def fetch(**options: object) -> list[protocol.StoreEvent]:
    """Download owner/model without pauses between attempts; what was said."""
    said: list[protocol.StoreEvent] = []
    settings = {"emit": said.append, "cancelled": lambda: False, "waits": (0, 0, 0)} | options
    made = download("owner/model", **settings)
    assert made is None or (made.state, made.verified) == ("here", True)
    return said


def refusal(**options: object) -> str:
    """The one sentence with which it is refused."""
    with pytest.raises(ModelError) as refused:
        fetch(**options)
    said = str(refused.value)
    assert said.endswith(".")
    assert "\n" not in said
    return said


def is_whole(folder: Path, files: dict[str, bytes]) -> bool:
    there = {path.name: path.read_bytes() for path in folder.iterdir()}
    return is_verified(folder) and there.keys() - {MANIFEST, STAMP} == files.keys() and files.items() <= there.items()


def child(*args: str, stdin: int | None = subprocess.PIPE) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "model_runtime", "models", "download", *args]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )  # fmt: skip


def test_a_model_arrives_whole_and_answers(hub: StandInHub, model: Path, published: dict[str, bytes]) -> None:
    with child("owner/model", "--json", "--token-stdin") as process:
        process.stdin.write("hf_secret\n")
        process.stdin.flush()  # and stays open: its end would be the download's
        lines = process.stdout.read().splitlines()
        assert process.stderr.read() == ""
        assert process.wait(60) == 0

    plan, *progress, stored = [protocol.STORE_EVENT.validate_json(line) for line in lines]
    assert (plan.repository, plan.revision, plan.folder) == ("owner/model", hub.main, str(model))
    assert (plan.files, plan.present_bytes) == (len(published), 0)
    assert plan.total_bytes == sum(map(len, published.values()))
    assert plan.free_bytes > 0
    for stage in ("Fetching", "Checking"):
        fractions = [event.fraction for event in progress if event.stage == stage]
        assert fractions == sorted(fractions)
        assert fractions[-1] == 1
    assert {event.stage for event in progress} == {"Fetching", "Checking"}
    assert (stored.entry.state, stored.entry.verified, stored.entry.revision) == ("here", True, hub.main)

    # Exactly what a model needs, and nothing that could run.
    assert is_whole(model, published)
    assert {path.name for path in model.parent.iterdir()} <= {model.name, ".owner--model.lock"}
    manifest = Manifest.read(model)
    assert (manifest.repository, manifest.revision) == ("owner/model", hub.main)
    # Nothing was told to anybody but the hub, and its token to nobody else.
    asked = {(one.server, one.path.rpartition("/")[2].partition("?")[0]) for one in hub.asked}
    assert asked == {("hub", "main"), ("store", WEIGHTS), *(("hub", name) for name in published)}
    for one in hub.asked:
        assert one.headers.get("authorization") == ("Bearer hf_secret" if one.server == "hub" else None)
        assert one.headers["user-agent"].startswith("terrascope/")
        assert "torch" not in one.headers["user-agent"]
    assert "hf_secret" not in "".join(lines)

    from model_runtime.model.checkpoint import load_model

    assert sum(each.numel() for each in load_model(model).state_dict().values()) >= stored.entry.parameters > 300_000


def test_without_a_revision_the_commit_is_shown_and_kept(
    hub: StandInHub, model: Path, published: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    first = hub.main
    assert main(["models", "download", "owner/model", "--plan"]) == 0
    said = capsys.readouterr().out
    assert f"models download owner/model --revision {first}" in said
    assert str(model) in said
    assert not model.parent.exists()  # a plan touches nothing
    assert [one.path for one in hub.asked if "/resolve/" in one.path] == []

    hub.publish(published | {"README.md": b"# Changed\n"})
    assert main(["models", "download", "owner/model", "--revision", first]) == 0
    assert is_whole(model, published)
    assert "complete and checked" in capsys.readouterr().out
    # What is here stays at its commit, needs no hub, and is not changed for another.
    asked = len(hub.asked)
    assert main(["models", "download", "owner/model"]) == 0
    assert len(hub.asked) == asked
    assert "delete owner--model" in refusal(revision=hub.main)
    assert is_whole(model, published)


def test_a_cut_is_gone_on_from_where_it_was(hub: StandInHub, model: Path, published: dict[str, bytes]) -> None:
    size = len(published[WEIGHTS])
    hub.faults[WEIGHTS] = [Fault(cut_after=size // 3), Fault(cut_after=size // 3), Fault(cut_after=0)]
    said = fetch()
    assert is_whole(model, published)
    ranges = [one.headers.get("range") for one in hub.asked if one.server == "store"]
    assert ranges[0] is None
    assert ranges[1] == f"bytes={size // 3}-"
    assert ranges[2] == ranges[3] == f"bytes={2 * (size // 3)}-"
    assert sum(one.sent for one in hub.asked_for(WEIGHTS)) == size
    assert sum("was cut; trying again" in event.message for event in said if event.event == "warning") == 3


def test_a_download_that_ended_is_gone_on_with(hub: StandInHub, model: Path, published: dict[str, bytes]) -> None:
    size = len(published[WEIGHTS])
    hub.faults[WEIGHTS] = [Fault(cut_after=size // 2)]
    hub.always[WEIGHTS] = Fault(cut_after=0)
    assert "was cut; run the same command again" in refusal()
    assert [path.name for path in model.parent.iterdir() if not path.name.startswith(".")] == []
    assert len(hub.asked_for(WEIGHTS)) == 1

    hub.always.clear()
    plan, *_ = fetch()
    assert plan.present_bytes == plan.total_bytes - size + size // 2
    assert is_whole(model, published)
    assert hub.asked_for(WEIGHTS)[-1].headers["range"] == f"bytes={size // 2}-"
    assert sum(one.sent for one in hub.asked_for(WEIGHTS)) == size
    assert len(hub.asked_for("config.json")) == 1


def test_an_answer_that_ignores_the_range_begins_anew(
    hub: StandInHub, model: Path, published: dict[str, bytes]
) -> None:
    hub.faults[WEIGHTS] = [Fault(cut_after=300_000), Fault(whole=True)]
    said = fetch()
    assert is_whole(model, published)
    fractions = [event.fraction for event in said if event.event == "progress" and event.stage == "Fetching"]
    assert fractions == sorted(fractions)


def test_a_hub_that_never_gets_further_is_given_up(hub: StandInHub, model: Path) -> None:
    hub.always[WEIGHTS] = Fault(whole=True, cut_after=300_000)
    assert "was cut" in refusal()
    assert len(hub.asked_for(WEIGHTS)) == 4  # the first, which got somewhere, and three that got no further
    assert not model.exists()


@pytest.mark.parametrize("name", [WEIGHTS, "tokenizer.json"])
def test_a_changed_byte_is_found_and_only_that_file_is_fetched_again(
    hub: StandInHub, model: Path, published: dict[str, bytes], name: str
) -> None:
    hub.faults[name] = [Fault(flip=1000)]
    assert refusal().startswith(f"{name} did not arrive as published and was removed")
    assert not model.exists()
    assert not (model.parent / PART / name).exists()
    before = len(hub.asked)
    fetch()
    assert is_whole(model, published)
    again = {one.path.rpartition("/")[2] for one in hub.asked[before:] if "/resolve/" in one.path}
    assert again == {name}


def test_too_little_and_too_much_are_refused(hub: StandInHub, model: Path, published: dict[str, bytes]) -> None:
    size = len(published[WEIGHTS])
    hub.always[WEIGHTS] = Fault(lacks=7)
    assert f"sent only {size - 7} of the {size} bytes of {WEIGHTS}" in refusal()
    hub.always[WEIGHTS] = Fault(adds=1, whole=True)
    assert f"more of {WEIGHTS} than the {size} bytes" in refusal()
    assert not model.exists()
    hub.always.clear()
    fetch()
    assert is_whole(model, published)


@pytest.mark.parametrize(
    ("fault", "token", "says"),
    [
        (Fault(401), None, "private, or is not at 127.0.0.1 (HTTP 401)"),
        (Fault(401), "hf_wrong", "does not accept the token"),
        (Fault(401, "GatedRepo"), None, "accepted its conditions (HTTP 401)"),
        (Fault(403), "hf_right", "accepted its conditions (HTTP 403)"),
        (Fault(404, "RepoNotFound"), None, "There is no owner/model at 127.0.0.1"),
        (Fault(404, "RevisionNotFound"), None, "has no commit"),
        (Fault(404), None, "There is no owner/model"),
        (Fault(418), None, "HTTP 418"),
        (Fault(429), None, "too busy (HTTP 429)"),
        (Fault(500), None, "in trouble (HTTP 500)"),
        (Fault(502), None, "in trouble (HTTP 502)"),
        (Fault(503), None, "in trouble (HTTP 503)"),
    ],
)
def test_what_the_hub_refuses(
    hub: StandInHub, model: Path, published: dict[str, bytes], fault: Fault, token: str | None, says: str
) -> None:
    passes = fault.status >= 500 or fault.status == 429
    # Of the listing.
    hub.always[""] = fault
    said = refusal(token=token)
    assert says in said
    assert len(hub.asked) == (4 if passes else 1)  # only what may pass is tried again
    assert "hf_" not in said
    # Of a file, after a listing that anybody may see.
    del hub.always[""]
    hub.always[WEIGHTS] = fault
    said = refusal(token=token)
    assert f"HTTP {fault.status}" in said
    assert not model.exists()
    # Once it has passed.
    hub.always.clear()
    if passes:
        hub.faults[""], hub.faults[WEIGHTS] = [fault] * 3, [fault] * 3
    fetch()
    assert is_whole(model, published)


def test_a_commit_that_is_not_there(hub: StandInHub) -> None:
    assert f"owner/model has no commit {'0' * 40}" in refusal(revision="0" * 40)


@pytest.mark.parametrize("name", ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"])
def test_offline_means_no_connection(hub: StandInHub, model: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "1")
    assert refusal() == f"{name} is set to stay offline; unset it to fetch models."
    assert hub.asked == []
    assert not model.parent.exists()


def test_the_proxy_of_the_environment_and_of_the_command(
    hub: StandInHub, model: Path, published: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    with proxying(seen) as proxy:
        fetch(proxy=proxy)
        assert is_whole(model, published)
        assert len(seen) == len(hub.asked) == 1 + len(published) + 1  # listing, files, and where one of them lies
        shutil.rmtree(model)
        monkeypatch.setenv("HTTP_PROXY", proxy)
        fetch()
        assert is_whole(model, published)
        assert len(seen) == len(hub.asked)
        shutil.rmtree(model)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        before = len(seen)
        fetch(plan_only=True)
        assert len(seen) == before
        # A tunnel that the proxy refuses, its password kept to itself.
        monkeypatch.setenv("HF_ENDPOINT", "https://hub.invalid")
        said = refusal(proxy=proxy.replace("//", "//user:hush@"))
        assert "proxy does not let us through" in said
        assert "hush" not in said
        assert seen[-1] == "CONNECT hub.invalid:443"


@pytest.mark.parametrize("proxy", ["", "nonsense", "socks5://127.0.0.1:1", "ftp://a", "http://a:b:c"])
def test_what_is_no_proxy(hub: StandInHub, monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    assert "write it as http://HOST:PORT" in refusal(proxy=proxy)
    if "://" in proxy:
        monkeypatch.setenv("ALL_PROXY", proxy)
        assert "write it as http://HOST:PORT" in refusal()
    assert hub.asked == []


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("http://no-such-host.invalid", "no-such-host.invalid, or the proxy to it, cannot be found"),
        ("http://127.0.0.1:1", "127.0.0.1, or the proxy to it, cannot be reached"),
        ("hub.example", "HF_ENDPOINT is not the address of a model hub"),
        ("http://", "HF_ENDPOINT is not the address of a model hub"),
    ],
)
def test_a_hub_that_cannot_be_reached(
    hub: StandInHub, monkeypatch: pytest.MonkeyPatch, address: str, says: str
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", address)
    assert says in refusal(waits=(60,))  # it is said at once


def test_a_page_that_asks_to_sign_in_is_not_a_hub(hub: StandInHub, models: Path) -> None:
    for page in (b"<html>Welcome to the hotel</html>", b"[]", b"{}", b'{"id": "owner/model", "sha": 7}'):
        hub.page = page
        assert "What answers at 127.0.0.1 is not a model hub" in refusal()
    assert not models.exists()


@pytest.mark.parametrize(
    "name",
    ["../config.json", "a/../../b", "/etc/passwd", "..\\evil.json", "C:evil.json", "\\\\host\\share", "a\nb", ".."],
)
def test_a_name_that_leads_out_is_refused(hub: StandInHub, models: Path, name: str) -> None:
    hub.names = [name]
    assert "leads out of its folder" in refusal()
    assert not models.exists()


def test_what_is_no_model_is_refused_before_its_weights_come(
    hub: StandInHub, models: Path, published: dict[str, bytes]
) -> None:
    hub.publish({name: content for name, content in published.items() if name != WEIGHTS} | UNWANTED)
    assert "no model*.safetensors weights" in refusal()
    hub.publish({WEIGHTS: published[WEIGHTS]})
    assert "no config.json" in refusal()
    hub.publish(published | {"model (1).safetensors": b"?"})
    assert "no proper name, size or checksum" in refusal()
    assert not models.exists()
    hub.publish(published | {"config.json": json.dumps({"model_type": "llama"}).encode()})
    assert "model_type" in refusal()
    assert hub.asked_for(WEIGHTS) == []
    assert [path for path in models.iterdir() if path.suffix != ".lock"] == []


def test_a_disk_with_too_little_room(
    hub: StandInHub, models: Path, published: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000_000 + len(published[WEIGHTS])))
    said: list[protocol.StoreEvent] = []
    sentence = refusal(emit=said.append)
    assert "1.0 GB to stay free" in sentence
    assert "TERRASCOPE_MODELS" in sentence
    assert [event.event for event in said] == ["plan"]
    assert hub.asked_for("config.json") == []
    assert not models.exists()


def test_a_disk_that_fills_up_meanwhile(
    hub: StandInHub, model: Path, published: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        assert "No space left" in refusal()
    assert not model.exists()
    fetch()
    assert is_whole(model, published)


def test_a_newer_commit_takes_over_what_is_the_same(hub: StandInHub, model: Path, published: dict[str, bytes]) -> None:
    parts = {f"model-0000{index}-of-00002.safetensors": bytes([index]) * 200_000 for index in (1, 2)}
    hub.publish(published | parts)
    hub.always[WEIGHTS] = Fault(cut_after=0)
    refusal()
    sent = len(hub.asked)
    newer = published | parts | {"README.md": b"# A Model\n", "model-00002-of-00002.safetensors": bytes([7]) * 200_000}
    hub.publish(newer)
    refusal()
    names = {one.path.rpartition("/")[2] for one in hub.asked[sent:] if one.sent}
    assert names == {"README.md", "model-00002-of-00002.safetensors"}
    assert not model.exists()


def test_a_damaged_model_is_mended(hub: StandInHub, model: Path, published: dict[str, bytes]) -> None:
    commit = hub.main
    fetch()
    hub.publish(published | {"README.md": b"# Changed\n"})
    with (model / WEIGHTS).open("r+b") as stream:
        stream.seek(5000)
        stream.write(b"\xff\x00\xff")
    (model / "config.json").unlink()
    (model / "left behind").mkdir()
    before = len(hub.asked)
    fetch()
    assert is_whole(model, published)
    assert Manifest.read(model).revision == commit
    assert {one.path.rpartition("/")[2] for one in hub.asked[before:] if one.sent} == {"config.json", WEIGHTS}
    # A manifest that cannot be read says nothing: everything is compared with the hub's listing.
    (model / MANIFEST).write_text("{")
    before = len(hub.asked)
    fetch(revision=commit)
    assert is_whole(model, published)
    assert [one for one in hub.asked[before:] if one.sent] == []


def test_a_folder_of_other_origin_is_left_alone(hub: StandInHub, model: Path) -> None:
    model.mkdir(parents=True)
    (model / "config.json").write_text("mine")
    assert "not fetched by this command" in refusal()
    assert [path.name for path in model.iterdir()] == ["config.json"]
    assert hub.asked == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nano"], "came with the plugin"),
        (["no-such-model"], "terrascope-8b, or OWNER/NAME"),
        (["../model"], "terrascope-8b, or OWNER/NAME"),
        (["owner/.."], "terrascope-8b, or OWNER/NAME"),
        (["owner/a--b"], "cannot be the name of a repository"),
        (["owner/model", "--revision", "main"], "whole commit"),
        (["owner/model", "--revision", "abcdef0"], "whole commit"),
    ],
)
def test_bad_arguments(
    hub: StandInHub, models: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert main(["models", "download", *arguments]) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""
    with pytest.raises(SystemExit) as ended:
        main(["models", "download", *arguments, "--json"])
    assert ended.value.code == 2
    event = protocol.STORE_EVENT.validate_json(capsys.readouterr().out)
    assert (event.event, event.code) == ("error", "model")
    assert hub.asked == []
    assert not models.exists()


def test_the_catalogue_knows_the_repository(hub: StandInHub, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "download", "terrascope-8b"]) == 2
    assert "There is no sy1998/TerraScope" in capsys.readouterr().err
    assert [one.path for one in hub.asked] == ["/api/models/sy1998/TerraScope/revision/main?blobs=true"]


def test_a_token_of_the_environment(
    hub: StandInHub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HF_TOKEN", "two words\n")
    assert main(["models", "download", "owner/model", "--plan"]) == 2
    said = capsys.readouterr().err
    assert "HF_TOKEN is no token" in said
    assert "two" not in said
    assert hub.asked == []
    monkeypatch.setenv("HF_TOKEN", "hf_mine")
    assert main(["models", "download", "owner/model", "--plan"]) == 0
    assert hub.asked[0].headers["authorization"] == "Bearer hf_mine"


def test_one_download_of_a_model_at_a_time(hub: StandInHub, model: Path, published: dict[str, bytes]) -> None:
    from filelock import FileLock

    model.parent.mkdir()
    with FileLock(model.parent / ".owner--model.lock"):
        assert "is being fetched already" in refusal()
    fetch()
    assert is_whole(model, published)


def test_cancelling_while_waiting_and_while_checking(hub: StandInHub, model: Path, published: dict[str, bytes]) -> None:
    hub.always[""] = Fault(503)
    with pytest.raises(Cancelled):
        fetch(cancelled=lambda: len(hub.asked) > 0, waits=(60,))
    hub.always.clear()
    stages: list[str] = []

    def hear(event: protocol.StoreEvent) -> None:
        if event.event == "progress":
            stages.append(event.stage)

    with pytest.raises(Cancelled):
        fetch(emit=hear, cancelled=lambda: "Checking" in stages)
    assert not model.exists()
    fetch()
    assert is_whole(model, published)
    assert len(hub.asked_for(WEIGHTS)) == 1


def arrived(folder: Path) -> int:
    """Bytes of the file that is under way; one that is complete gets its own name at any moment."""
    sizes = 0
    for path in folder.glob("*.partial"):
        with suppress(FileNotFoundError):
            sizes += path.stat().st_size
    return sizes


@pytest.mark.parametrize(
    ("how", "fault"),
    [
        ("closes stdin", Fault(pace=0.02)),
        ("closes stdin", Fault(silent_after=200_000)),
        ("SIGINT", Fault(pace=0.02)),
        ("SIGTERM", Fault(silent_after=200_000)),
    ],
)
def test_it_ends_within_a_second_and_goes_on_later(
    hub: StandInHub, model: Path, published: dict[str, bytes], how: str, fault: Fault
) -> None:
    hub.faults[WEIGHTS] = [fault]
    begin = time.monotonic()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    slowness = time.monotonic() - begin  # a twentieth of a second on a machine that has nothing else to do
    partial = model.parent / PART
    stdin = subprocess.PIPE if how == "closes stdin" else subprocess.DEVNULL
    with child("owner/model", "--json", stdin=stdin) as process:
        stop: dict[str, Callable[[], None]] = {
            "closes stdin": lambda: process.stdin.close(),
            "SIGINT": lambda: process.send_signal(signal.SIGINT),
            "SIGTERM": lambda: process.send_signal(signal.SIGTERM),
        }
        wait_until(lambda: arrived(partial) > 100_000, 120)
        asked = time.monotonic()
        stop[how]()
        last = [(protocol.STORE_EVENT.validate_json(line), time.monotonic()) for line in process.stdout][-1]
        assert process.stderr.read() == ""
        assert process.wait(60) == 2
    error, when = last
    assert (error.event, error.code) == ("error", "cancelled")
    assert when - asked < 1 + 5 * slowness
    assert not model.exists()
    (left,) = partial.glob("*.partial")
    kept = left.stat().st_size
    assert 100_000 < kept < len(published[WEIGHTS])

    fetch()
    assert is_whole(model, published)
    assert hub.asked_for(WEIGHTS)[-1].headers["range"] == f"bytes={kept}-"
