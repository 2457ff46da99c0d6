"""Runs the Dockerfile's steps without an image engine, in a bare Debian tree made for the purpose.

    sudo python tests/architecture/image_steps.py [WORK_FOLDER]

Each stage starts from a fresh `debootstrap` of the release that its FROM line names. COPY reads the committed files of
this checkout (or the finished first stage), RUN and CMD run in the tree through chroot, CMD as the user of the image
and in a network namespace that has nothing but the loopback device, and the HEALTHCHECK command must then answer. Needs
root, debootstrap and util-linux; settings of this machine for package clients are carried in for the build alone.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
CLIENT_SETTINGS = (
    "/etc/apt",
    "/etc/ssl",
    "/etc/pip.conf",
    "/usr/share/ca-certificates",
    "/etc/resolv.conf",
    "/etc/hosts",
)


@dataclass
class Stage:
    """One stage: its tree and what the steps so far have set."""

    root: Path
    folder: str = "/"
    user: str = "root"
    environment: dict[str, str] = field(
        default_factory=lambda: {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"}
    )


def instructions(text: str) -> list[tuple[str, str]]:
    """Return (keyword, rest) for each instruction, with continued lines joined."""
    joined = re.sub(r"\\\n", " ", "\n".join(line for line in text.splitlines() if not line.startswith("#")))
    return [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in joined.splitlines() if line.strip()]


def bare_tree(release: str, root: Path, cache: Path) -> None:
    """Make a minimal Debian tree at `root`, bootstrapped once into `cache`."""
    if not cache.exists():
        subprocess.run(["debootstrap", "--variant=minbase", release, str(cache)], check=True, stdout=subprocess.DEVNULL)
        # debootstrap leaves these mounted where it could; a copy of them would have no end.
        for name in ("proc", "sys"):
            subprocess.run(["umount", "--quiet", str(cache / name)], check=False)
    # cp keeps device nodes what they are.
    subprocess.run(["cp", "--archive", "--one-file-system", str(cache), str(root)], check=True)


def lend_client_settings(root: Path) -> list[Path]:
    """Copy this machine's settings for package clients into the tree; return what to take out again."""
    lent = []
    for name in CLIENT_SETTINGS:
        source, target = Path(name), root / name.lstrip("/")
        if source.is_dir():
            target.mkdir(parents=True, exist_ok=True)
            subprocess.run(["cp", "--archive", "--force", f"{source}/.", str(target)], check=True)
        elif source.exists():
            shutil.copy(source.resolve(), target)
            lent.append(target)
    return lent


def run(stage: Stage, command: list[str], *, isolated: bool = False) -> subprocess.Popen[bytes]:
    """Start a command in the stage's tree."""
    inside = " && ".join([f"cd {shlex.quote(stage.folder)}", "exec " + shlex.join(command)])
    chroot = ["chroot", f"--userspec={stage.user}", str(stage.root), "/bin/sh", "-c", inside]
    if isolated:
        chroot = ["unshare", "--net", "sh", "-c", "ip link set lo up && exec " + shlex.join(chroot)]
    passed = {} if isolated else {key: value for key, value in os.environ.items() if key.startswith(("PIP_", "SSL_"))}
    return subprocess.Popen(chroot, env={**passed, **stage.environment, "HOME": "/tmp"})


def copy(stage: Stage, rest: str, stages: dict[str, Stage]) -> None:
    """Carry out a COPY."""
    flags = dict(re.findall(r"--(\w+)=(\S+)", rest))
    *sources, target = re.sub(r"--\w+=\S+\s*", "", rest).split()
    base = stages[flags["from"]].root if "from" in flags else PROJECT
    destination = stage.root / os.path.join(stage.folder, target).lstrip("/")
    for source in sources:
        path = base / source.lstrip("/")
        if path.is_dir():
            shutil.copytree(
                path, destination, symlinks=True, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            landing = destination / path.name if target.endswith("/") or destination.is_dir() else destination
            landing.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, landing)
    if "chown" in flags:
        command = ["chown", "-R", flags["chown"], os.path.join(stage.folder, target)]
        subprocess.run(["chroot", str(stage.root), *command], check=True)


def expand(value: str, environment: dict[str, str]) -> str:
    """Put variables that the stage has set into a value."""
    return re.sub(r"\$(\w+)", lambda match: environment.get(match.group(1), ""), value)


def serve_and_check(stage: Stage, command: list[str], health: list[str]) -> None:
    """Start the image's command without a network and wait until its health check passes."""
    server = run(stage, command, isolated=True)
    try:
        for _ in range(60):
            time.sleep(1)
            pid = str(server.pid)
            inside = ["chroot", str(stage.root), "/usr/bin/env", f"PATH={stage.environment['PATH']}", *health]
            if subprocess.run(["nsenter", "-t", pid, "-n", *inside], capture_output=True).returncode == 0:
                print("healthy: the image's command answers its health check without a network")
                return
        sys.exit("the health check did not pass within 60 s")
    finally:
        server.terminate()
        server.wait(timeout=20)


def main(work: Path) -> None:
    """Carry out every instruction of the Dockerfile under `work`."""
    stages: dict[str, Stage] = {}
    stage, lent, health, command = Stage(work), [], [], []
    for keyword, rest in instructions((PROJECT / "Dockerfile").read_text()):
        print(f"{keyword} {rest[:100]}", flush=True)
        if keyword == "FROM":
            image, name = (*rest.split(" AS "), f"stage{len(stages)}")[:2]
            stage = stages[name] = Stage(work / name)
            bare_tree(image.split(":")[1].removesuffix("-slim"), stage.root, work / "debian")
        elif keyword == "RUN":
            # A step that installs packages may have written its own settings over the lent ones.
            lent = lend_client_settings(stage.root)
            if run(stage, ["/bin/sh", "-ec", rest]).wait() != 0:
                sys.exit(f"failed: RUN {rest}")
        elif keyword == "COPY":
            copy(stage, rest, stages)
        elif keyword == "WORKDIR":
            stage.folder = rest
            (stage.root / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
        elif keyword == "ENV":
            pairs = (pair.split("=", 1) for pair in shlex.split(rest))
            stage.environment.update({key: expand(value, stage.environment) for key, value in pairs})
        elif keyword == "USER":
            stage.user = rest
        elif keyword == "HEALTHCHECK":
            health = json.loads(rest[rest.index("CMD") + 3 :])
        elif keyword == "CMD":
            command = json.loads(rest)
    for path in lent:
        path.unlink(missing_ok=True)
    serve_and_check(stage, command, health)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]).resolve())
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(Path(folder))
