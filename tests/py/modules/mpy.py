# pyrite: oracle=pyrite
# Modules that were compiled ahead, as files made by mpy-cross: bytecode for any machine.
import os, sys, time

DATA = (
    b'M\x06\x00\x1f\x15\x06\x10small.py\x00\x0f\x06sys\x00\x08more\x00\x02C'
    b'\x00\x10small is\x00\ntwice\x00\x06gen\x00\x14<listc'
    b'omp>\x00#\x02x\x00\x81-\nVALUE\x00\x08TEXT\x00\x81w/\x81y-'
    b'5\x0b\x82\x13\x07\r1099511627776\x05\x1dtext with'
    b' spaces, long enough\x00\n\x02\x07\x011\x07\x012\x08'
    b'\x031.5\x06\x05bytes\x00\n\x03\x07\x011\x05\x03two\x00\x01\x83\\\x18\x10\x01&'
    b'$$Kid@\x80Q\x1b\x02\x16\x02#\x00\x16\x0c#\x01\x16\rS,\x00\x81\x10\x03b3\x00\x16'
    b'\x06T2\x01\x10\x044\x02\x16\x042\x02\x16\x07\x11\x0e\x10\x05\x11\x0f4\x02YQc\x03\x81D\xa1\x88'
    b'\x80\x80@\x0b\x06\n\x03` \x00\xb0 \x00\x01\x12\x10\xb14\x014\x01c\x01\x818J\n\x08\x13\x13'
    b'` +\x00\xb1_K\t\xc2%\x00\x82\xf4/\x14B5c\x81D\x00\x08\x04h`$\x11\x0f\x16\x11'
    b'\x10\x04\x16\x122\x00\x16\t2\x01\x16\x0bQc\x02h\x1a\n\t\x14\n``\xb1\xb0\x18\nQc\x81'
    b'\x10!\x08\x0b\x14\x80\x07\xb0\x13\n#\x03#\x04#\x05*\x04c\x818\xa4@\n\x07\x80\t"GI'
    b'\x07#\x02^QhYQ\x83gY]Qc'
)
folder = "/tmp/pyrite-mpy-%d" % time.time_ns()
os.mkdir(folder)
os.mkdir(folder + "/package")
made = []


def put(name, data):
    with open(folder + "/" + name, "wb") as file:
        file.write(data)
    made.append(name)


put("small.mpy", DATA)
put("package/__init__.mpy", DATA)
put("broken.mpy", DATA[:-20])
put("other.mpy", b"M\x05" + DATA[2:])
put("machine.mpy", b"M\x06\x7f" + DATA[3:])
put("empty.mpy", b"")
put("both.mpy", DATA)
put("both.py", b"print('text comes first')")
sys.path.insert(0, folder)

import small

print(small.__file__.endswith("small.mpy"), small.VALUE, small.TEXT)
print(small.twice(4), small.twice("a", more=2), small.C(5).get(), list(small.gen()))
import package

print(package.__name__, package.VALUE == small.VALUE)
import both

for name in "broken", "other", "machine", "empty":
    try:
        __import__(name)
        print(name, "came in")
    except ValueError as e:
        print(name, e)
    print(name in sys.modules)

for name in made:
    os.remove(folder + "/" + name)
os.rmdir(folder + "/package")
os.rmdir(folder)
