# mip: installs packages from an index: a directory, or what a file: URL leads to.

import os
import sys

from ._json import loads
from ._sha256 import sha256

# Where upstream's packages are. It takes sockets to get there.
INDEX = "https://micropython.org/pi/v2"

_REMOTE = ("http:", "https:", "github:", "gitlab:", "codeberg:")


class _Missing(Exception):
    pass


def _path(url):
    for scheme in _REMOTE:
        if url.startswith(scheme):
            raise NotImplementedError(
                "mip cannot fetch " + url + ": there are no sockets yet; name a directory or a file: URL as index or package"
            )
    if url.startswith("file:"):
        url = url[5:]
        if url.startswith("//"):
            url = url[2:]
    return url


def _fetch(url):
    try:
        with open(_path(url), "rb") as file:
            return file.read()
    except OSError:
        raise _Missing(url)


def _inside(path):
    # What a package may write: nothing above its target.
    if path.startswith("/") or ".." in path.split("/"):
        raise ValueError("a package must not install " + repr(path))
    return path


def _make_folders(path):
    for at in range(1, len(path)):
        if path[at] == "/":
            try:
                os.mkdir(path[:at])
            except OSError:
                # It is there; if not, opening the file fails.
                pass


def _has(path, digest):
    try:
        with open(path, "rb") as file:
            return sha256(file.read()).startswith(digest)
    except OSError:
        return False


def _write(path, data):
    print("Copying:", path)
    _make_folders(path)
    with open(path, "wb") as file:
        file.write(data)


def _install_listed(url, index, target, version, mpy):
    try:
        package = loads(str(_fetch(url), "utf-8"))
    except UnicodeError:
        raise ValueError(url + " is not UTF-8")
    for name, digest in package.get("hashes", ()):
        path = target + "/" + _inside(name)
        if _has(path, digest):
            print("Exists:", path)
            continue
        data = _fetch(index + "/file/" + digest[:2] + "/" + digest)
        if not digest or not sha256(data).startswith(digest):
            raise ValueError("the content of " + repr(name) + " does not have the hash " + repr(digest))
        _write(path, data)
    base = url.rpartition("/")[0]
    for name, source in package.get("urls", ()):
        if base and not source.startswith(_REMOTE + ("file:", "/")):
            source = base + "/" + source
        _write(target + "/" + _inside(name), _fetch(source))
    for name, wanted in package.get("deps", ()):
        _install(name, index, target, wanted, mpy)


def _install(package, index, target, version, mpy):
    if package.startswith(_REMOTE + ("file:", "/", "./", "../")):
        if package.endswith((".py", ".mpy")):
            print("Downloading", package, "to", target)
            return _write(target + "/" + package.rsplit("/")[-1], _fetch(package))
        if not package.endswith(".json"):
            package = package.rstrip("/") + "/package.json"
        print("Installing", package, "to", target)
        return _install_listed(package, index, target, version, mpy)
    version = version or "latest"
    print("Installing {} ({}) from {} to {}".format(package, version, index, target))
    kind = sys.implementation._mpy & 0xFF if mpy else "py"
    _install_listed("{}/package/{}/{}/{}.json".format(index, kind, package, version), index, target, version, mpy)


def _run(package, index=None, target=None, version=None, mpy=True):
    if not target:
        for place in sys.path:
            if not place.startswith("/rom") and place.endswith("/lib"):
                target = place
                break
        else:
            print("Unable to find lib dir in sys.path")
            return False
    try:
        _install(package, (index or INDEX).rstrip("/"), target, version, mpy)
    except _Missing as missing:
        print("Package not found:", missing)
    except (ValueError, NotImplementedError) as error:
        print("Error:", error)
    else:
        print("Done")
        return True
    print("Package may be partially installed")
    return False


def install(package, index=None, target=None, version=None, mpy=True):
    _run(package, index, target, version, mpy)
