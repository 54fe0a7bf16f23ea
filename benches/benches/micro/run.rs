//! What programs are made of: a loop, calls, attributes, dicts, new objects, a collection.

use benches::{call, function, machine};
use criterion::{Criterion, Throughput};

/// How often the loops below go round.
const ROUNDS: isize = 1000;

const SOURCE: &str = "
import gc

class C:
    def __init__(self):
        self.x = 1
    def method(self):
        return 1

def dispatch(n):
    i = 0
    while i < n:
        i += 1

def callee(a):
    return a

def calls(n):
    for i in range(n):
        callee(i)

def methods(n):
    c = C()
    for i in range(n):
        c.method()

def attributes(n):
    c = C()
    for i in range(n):
        c.x = c.x

def lookup(n):
    d = {'k%d' % i: i for i in range(64)}
    keys = list(d)
    for i in range(n):
        d[keys[i & 63]]

def alloc(n):
    for i in range(n):
        [i]

kept = []

def keep(n):
    kept.append([[i] for i in range(n)])

def collect(n):
    gc.collect()
";

/// Each function of `SOURCE`.
pub fn run(c: &mut Criterion) {
    // All frames of Python code lie below this local.
    let top = [0usize; 8];
    let vm = machine(std::hint::black_box(top.as_ptr_range().end).cast(), SOURCE);
    let mut group = c.benchmark_group("run");
    group.throughput(Throughput::Elements(ROUNDS as u64));
    for name in ["dispatch", "calls", "methods", "attributes", "lookup", "alloc"] {
        let function = function(vm, name);
        group.bench_function(name, |b| b.iter(|| call(vm, function, ROUNDS)));
    }
    group.finish();
    let (keep, collect) = (function(vm, "keep"), function(vm, "collect"));
    call(vm, keep, 10_000);
    c.bench_function("collect/10000 lists", |b| b.iter(|| call(vm, collect, 0)));
}
