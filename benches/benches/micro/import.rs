//! Importing a module: as text, compiled from a copy, and compiled where it lies.

use benches::{call, function, machine};
use criterion::Criterion;

/// A module of 40 functions, in three images: as text, and as a `.mpy` file. What is in a `bytes` object runs there; of a
/// `bytearray`, which may change, files are copied.
const SOURCE: &str = r#"
import marshal, sys, vfs

TEXT = ''.join('''
def f%d(a, b=1):
    total = 0
    for x in range(a):
        if x %% 3 == b:
            total += x * b
        else:
            total -= x
    return [total, a, b, 'a constant text that is not short %d']
''' % (i, i) for i in range(40))

def number(value):
    out = bytes([value & 127])
    while value > 127:
        value >>= 7
        out = bytes([128 | value & 127]) + out
    return out

def image(name, data):
    file = number(len(name)) + name + b'\x02' + number(len(data)) + data
    file = b'\x05' + number(len(file)) + file
    return b'\xd2\xcd\x31' + number(len(file)) + file

code = marshal.dumps(compile(TEXT, 'm.py', 'exec'))
vfs.mount(vfs.VfsRom(image(b'm.py', bytes(TEXT, 'utf-8'))), '/text')
vfs.mount(vfs.VfsRom(bytearray(image(b'm.mpy', code))), '/copy')
vfs.mount(vfs.VfsRom(image(b'm.mpy', code)), '/place')

def imported(place):
    sys.path[:] = [place]
    import m
    del sys.modules['m']

def text(n):
    imported('/text')

def copy(n):
    imported('/copy')

def place(n):
    imported('/place')
"#;

/// Each way.
pub fn import(c: &mut Criterion) {
    // All frames of Python code lie below this local.
    let top = [0usize; 8];
    let vm = machine(std::hint::black_box(top.as_ptr_range().end).cast(), SOURCE);
    let mut group = c.benchmark_group("import");
    for name in ["text", "copy", "place"] {
        let function = function(vm, name);
        group.bench_function(name, |b| b.iter(|| call(vm, function, 0)));
    }
    group.finish();
}
