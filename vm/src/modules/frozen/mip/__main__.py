# The command line of mip: `-m mip install [-t TARGET] [-i INDEX] [--mpy | --no-mpy] PACKAGE[@VERSION]...`

import sys

from . import _run

USAGE = "usage: -m mip install [-t TARGET] [-i INDEX] [--mpy | --no-mpy] PACKAGE[@VERSION]..."


def main(args):
    if not args or args.pop(0) != "install":
        return USAGE
    options = {}
    packages = []
    while args:
        word = args.pop(0)
        if word in ("-h", "--help"):
            print(USAGE)
            return None
        if word in ("--mpy", "--no-mpy"):
            options["mpy"] = word == "--mpy"
        elif word in ("-t", "--target", "-i", "--index"):
            if not args:
                return word + " takes a value\n" + USAGE
            options["target" if word in ("-t", "--target") else "index"] = args.pop(0)
        elif word.startswith("-"):
            return "no such option: " + word + "\n" + USAGE
        else:
            packages.append(word)
    if not packages:
        return USAGE
    done = True
    for package in packages:
        package, _, version = package.partition("@")
        done = _run(package, version=version or None, **options) and done
    return None if done else 1


sys.exit(main(sys.argv[1:]))
