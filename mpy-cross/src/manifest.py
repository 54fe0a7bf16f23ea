# What a manifest.py may call, and the list of files that comes of it: `files`, tuples of the path of a file, its name among the
# frozen ones, what becomes of it ("mpy", "str" or "asis"), the optimisation level, and the version of its package.

import os


class ManifestError(Exception):
    pass


class Options:
    # `options` of an included manifest: what was given to include() or require(), else the defaults it names.
    def __init__(self, given):
        self._given = given
        self._defaults = {}

    def defaults(self, **defaults):
        self._defaults = defaults

    def __getattr__(self, name):
        return self._given.get(name, self._defaults.get(name))


class Metadata:
    version = None
    known = False


class Manifest:
    def __init__(self, variables):
        self.variables = variables
        self.files = []
        self.visited = set()
        self.metadata_of = [Metadata()]
        self.named = {}
        self.places = []
        if "MPY_LIB_DIR" in variables:
            for name in ("micropython", "python-stdlib", "python-ecosys"):
                self.add_library(name, "$(MPY_LIB_DIR)/" + name)

    def resolve(self, path):
        for name, value in self.variables.items():
            path = path.replace("$(" + name + ")", value)
        if "$(" in path:
            raise ManifestError("no value for the variable in " + path + ": give it with --var NAME=PATH")
        return os.path.abspath(path)

    def names(self, given):
        return {
            "metadata": self.metadata,
            "include": self.include,
            "require": self.require,
            "add_library": self.add_library,
            "package": self.package,
            "module": self.module,
            "c_module": self.c_module,
            "freeze": self.freeze,
            "freeze_as_str": self.freeze_as_str,
            "freeze_as_mpy": self.freeze_as_mpy,
            "freeze_mpy": self.freeze_mpy,
            "options": Options(given),
            "__name__": "__manifest__",
        }

    def metadata(
        self,
        description=None,
        version=None,
        license=None,
        author=None,
        stdlib=False,
        pypi=None,
        pypi_publish=None,
    ):
        own = self.metadata_of[-1]
        if own.known:
            raise ManifestError("metadata() is called twice")
        own.known, own.version = True, version

    def include(self, path, **given):
        if not isinstance(path, str):
            for one in path:
                self.include(one, **given)
            return
        self.execute(path, given)

    def execute(self, path, given):
        path = self.resolve(path)
        if os.path.isdir(path):
            path += "/manifest.py"
        if path in self.visited:
            return
        self.visited.add(path)
        try:
            with open(path) as file:
                text = file.read()
        except OSError:
            raise ManifestError("no manifest " + path) from None
        # Paths in it count from where it is.
        before = os.getcwd()
        os.chdir(os.path.dirname(path))
        try:
            exec(compile(text, path, "exec"), self.names(given))
        finally:
            os.chdir(before)

    def require(self, name, version=None, pypi=None, library=None, **given):
        if library is None:
            places = self.places
        elif library in self.named:
            places = [self.named[library]]
        else:
            raise ManifestError("no library " + repr(library) + " for require(" + repr(name) + ")")
        for place in places:
            found = self.find(place, name)
            if found:
                self.metadata_of.append(Metadata())
                self.execute(found, given)
                self.metadata_of.pop()
                return
        hint = "" if places else ": no library is known; give --var MPY_LIB_DIR=PATH, or call add_library()"
        raise ManifestError("no package " + repr(name) + hint)

    def find(self, place, name):
        # The directory of this name that has a manifest, wherever it is below.
        if not os.path.isdir(place):
            return None
        for entry in sorted(os.listdir(place)):
            path = place + "/" + entry
            if os.path.isdir(path):
                if entry == name and os.path.isfile(path + "/manifest.py"):
                    return path
                found = self.find(path, name)
                if found:
                    return found
        return None

    def add_library(self, library, library_path, prepend=False):
        path = self.resolve(library_path)
        self.named[library] = path
        self.places.insert(0 if prepend else len(self.places), path)

    def package(self, package_path, files=None, base_path=".", opt=None):
        self.search(base_path, package_path, files, (".py",), None, opt)

    def module(self, module_path, base_path=".", opt=None):
        if not module_path.endswith(".py"):
            raise ManifestError("module() takes a .py file, not " + module_path)
        self.add(self.resolve(base_path), module_path, None, opt)

    def c_module(self, module_path):
        raise ManifestError("c_module(" + repr(module_path) + "): modules in C cannot be part of Pyrite")

    def freeze(self, path, script=None, opt=None):
        self.scripts(path, script, (".py", ".mpy"), None, opt)

    def freeze_as_str(self, path):
        self.search(path, None, None, (".py",), "str", None)

    def freeze_as_mpy(self, path, script=None, opt=None):
        self.scripts(path, script, (".py",), "mpy", opt)

    def freeze_mpy(self, path, script=None, opt=None):
        self.scripts(path, script, (".mpy",), "asis", opt)

    def scripts(self, path, script, endings, kind, opt):
        if isinstance(script, str):
            if os.path.isdir(self.resolve(path) + "/" + script):
                self.search(path, script, None, endings, kind, opt)
            else:
                self.search(path, None, (script,), endings, kind, opt)
        else:
            self.search(path, None, script, endings, kind, opt)

    def search(self, base, inside, files, endings, kind, opt):
        base = self.resolve(base)
        if files is not None:
            for file in files:
                self.add(base, inside + "/" + file if inside else file, kind, opt)
            return
        start = base + "/" + inside if inside else base
        if not os.path.isdir(start):
            raise ManifestError("no directory " + start)
        self.walk(base, inside or "", endings, kind, opt)

    def walk(self, base, inside, endings, kind, opt):
        for entry in sorted(os.listdir(base + "/" + inside)):
            name = inside + "/" + entry if inside else entry
            if os.path.isdir(base + "/" + name):
                self.walk(base, name, endings, kind, opt)
            elif entry.endswith(endings):
                self.add(base, name, kind, opt)

    def add(self, base, name, kind, opt):
        path = os.path.normpath(base + "/" + name)
        if not os.path.isfile(path):
            raise ManifestError("no file " + path)
        if kind is None:
            kind = "mpy" if name.endswith(".py") else "asis"
        name = os.path.normpath(name)
        if name.startswith("../") or name.startswith("/"):
            raise ManifestError(name + " is not below " + base)
        self.files.append((path, name, kind, opt or 0, self.metadata_of[-1].version or ""))


def run(path, *variables):
    manifest = Manifest(dict(variable.split("=", 1) for variable in variables))
    manifest.execute(path, {})
    return manifest.files
