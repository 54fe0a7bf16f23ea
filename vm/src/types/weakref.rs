//! weakref.ref and weakref.finalize: references that keep nothing alive, and what is called when an object has gone.

use core::cell::Cell;

use crate::Vm;
use crate::gc::{Kind, WeakId};
use crate::q;
use crate::types::{bytes, dict, float, instance, int, str, tuple};
use crate::value::{Args, BinaryOp, Entry, Gc, GcVec, Item, Obj, Object, Res, Rom, Type, TypeRef, UnaryOp, fun1, row};

/// Body of a weak reference.
pub struct Ref {
    /// Handle of the object.
    target: Cell<WeakId>,
    /// Called with the reference when the object has gone; `None` for nothing.
    callback: Obj,
    /// The object's hash, once it was asked for; `Obj::NULL` before.
    hash: Cell<Obj>,
}

impl Object for Ref {
    const TYPE: &'static Type = &REF;
}

/// Body of a finaliser.
pub struct Finalize {
    /// Handle of the object; `None` when it has gone, or the finaliser is detached.
    target: Cell<Option<WeakId>>,
    /// What is called.
    function: Obj,
    /// Its positional arguments, a tuple.
    args: Obj,
    /// Its keyword arguments.
    kw: GcVec<(Obj, Obj)>,
}

impl Object for Finalize {
    const TYPE: &'static Type = &FINALIZE;
}

/// `weakref.ref`
pub static REF: Type = Type {
    make: Some(make_ref),
    call: Some(call_ref),
    unary: Some(unary),
    binary: Some(binary),
    ..Type::new(q!("ref"))
};

/// `weakref.finalize`
pub static FINALIZE: Type =
    Type { make: Some(make_finalize), call: Some(call_finalize), table: TABLE, ..Type::new(q!("finalize")) };

static TABLE: &[Entry] = &[
    row(q!("alive"), Rom::Get(|vm, obj| Ok(Obj::bool(!alive(vm, obj).is_null())))),
    row(q!("peek"), fun1(peek)),
    row(q!("detach"), fun1(detach)),
];

/// A reference with a callback, or a finaliser, by the object that it waits for.
#[derive(Clone, Copy)]
pub struct Watch {
    /// The object's address. It keeps nothing alive.
    target: usize,
    /// Handle of the reference or finaliser.
    watcher: WeakId,
    /// Whether it is a finaliser, which stays alive by itself.
    keeps: bool,
}

impl Item for Watch {
    const KIND: Kind = Kind::Leaf;
}

/// A handle of `obj`; TypeError for what has none.
fn handle(vm: &mut Vm, obj: Obj) -> Res<WeakId> {
    let values = [&int::TYPE, &float::TYPE, &str::TYPE, &bytes::TYPE, &tuple::TYPE];
    let cell = obj
        .as_pointer()
        .filter(|cell| vm.heap.size_of(*cell).is_some() && !values.into_iter().any(|ty| obj.is_exact(ty)));
    match cell {
        Some(cell) => vm.heap.weak_new(cell).ok_or_else(|| vm.memory_error()),
        None => {
            let name = vm.type_name(obj);
            Err(vm.type_error(format_args!("cannot create weak reference to '{name}' object")))
        }
    }
}

fn target(vm: &Vm, id: WeakId) -> Obj {
    vm.heap.weak_get(id).map_or(Obj::NULL, Obj::from_pointer)
}

/// Has `watcher` hear of the end of `obj`.
fn watch(vm: &mut Vm, obj: Obj, watcher: Obj, keeps: bool) -> Res<()> {
    let (Some(cell), Some(own)) = (obj.as_pointer(), watcher.as_pointer()) else { return Ok(()) };
    let address = cell.addr().get();
    // A cell is told of once: by the first who watches it, or by its class with a `__del__`.
    let is_told = vm.watches.slice().iter().any(|watch| watch.target == address) || instance::has_finaliser(vm, obj);
    let Some(id) = vm.heap.weak_new(own) else { return Err(vm.memory_error()) };
    let entry = Watch { target: address, watcher: id, keeps };
    add(vm, |vm| &vm.watches, entry)?;
    if keeps {
        add(vm, |vm| &vm.finalizers, watcher)?;
    }
    if is_told { Ok(()) } else { vm.finalise(obj) }
}

/// Puts an item into a list of the machine.
fn add<T: Item>(vm: &mut Vm, list: fn(&Vm) -> &GcVec<T>, item: T) -> Res<()> {
    let len = list(vm).len();
    if list(vm).capacity() == len {
        let grown = GcVec::with_capacity(vm, 2 * len + 4)?;
        let old = list(vm).slice();
        grown.extend(vm, old)?;
        list(vm).take_from(&grown);
    }
    list(vm).push_within(item);
    Ok(())
}

/// What waits for the object at this address is called: finalisers first, then references, the latest of each first.
pub fn gone(vm: &mut Vm, address: usize) {
    for keeps in [true, false] {
        while let Some(at) =
            vm.watches.slice().iter().rposition(|watch| watch.target == address && watch.keeps == keeps)
        {
            let Some(watch) = vm.watches.remove(at) else { break };
            let watcher = target(vm, watch.watcher);
            vm.heap.weak_free(watch.watcher);
            let answer = if let Some(body) = Gc::<Finalize>::from_obj(watcher) {
                release(vm, body);
                run(vm, body)
            } else if let Some(body) = Gc::<Ref>::from_obj(watcher) {
                vm.call_pos(body.callback, &[watcher])
            } else {
                continue;
            };
            if let Err(raise) = answer {
                crate::run::tell(vm, "Unhandled exception in weakref callback:\n", raise);
            }
        }
    }
}

/// A reference that has gone itself gives back its handle.
pub fn forget(vm: &mut Vm, body: Gc<Ref>) {
    vm.heap.weak_free(body.target.get());
    let mut at = 0;
    while let Some(watch) = vm.watches.get(at) {
        if target(vm, watch.watcher).is_null() {
            vm.heap.weak_free(watch.watcher);
            vm.watches.remove(at);
        } else {
            at += 1;
        }
    }
}

fn make_ref(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 1, 2)?;
    let obj = args.pos[0];
    let callback = args.pos.get(1).copied().unwrap_or(Obj::NONE);
    let id = handle(vm, obj)?;
    let body = Gc::alloc(vm, Ref { target: Cell::new(id), callback, hash: Cell::new(Obj::NULL) });
    let made = match body {
        Ok(made) => made,
        Err(raise) => {
            vm.heap.weak_free(id);
            return Err(raise);
        }
    };
    vm.finalise(made.obj())?;
    if !callback.is_none() {
        watch(vm, obj, made.obj(), false)?;
    }
    Ok(made.obj())
}

fn call_ref(vm: &mut Vm, obj: Obj, args: Args<'_>) -> Res {
    vm.check_count(args.pos.len(), 0, 0)?;
    let Some(body) = Gc::<Ref>::from_obj(obj) else { return Ok(Obj::NULL) };
    Ok(target(vm, body.target.get()).non_null().unwrap_or(Obj::NONE))
}

fn unary(vm: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    let Some(body) = Gc::<Ref>::from_obj(obj) else { return Ok(Obj::NULL) };
    if op != UnaryOp::Hash || !body.hash.get().is_null() {
        return Ok(if op == UnaryOp::Hash { body.hash.get() } else { Obj::NULL });
    }
    let Some(obj) = target(vm, body.target.get()).non_null() else {
        return Err(vm.type_error(format_args!("weak object has gone away")));
    };
    let hash = Obj::small_wrapping(vm.hash(obj)? as isize);
    body.hash.set(hash);
    Ok(hash)
}

fn binary(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let (Some(a), Some(b)) = (Gc::<Ref>::from_obj(left), Gc::<Ref>::from_obj(right)) else { return Ok(Obj::NULL) };
    if op != BinaryOp::Equal {
        return Ok(Obj::NULL);
    }
    let (x, y) = (target(vm, a.target.get()), target(vm, b.target.get()));
    if x.is_null() || y.is_null() {
        return Ok(Obj::bool(left == right));
    }
    vm.compare_equal(x, y)
}

fn make_finalize(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.check_count(args.pos.len(), 2, usize::MAX)?;
    let [obj, function, rest @ ..] = args.pos else { return Ok(Obj::NULL) };
    let rest = tuple::new(vm, rest)?;
    let kw = GcVec::from_slice(vm, args.kw)?;
    let id = handle(vm, *obj)?;
    let body = match Gc::alloc(vm, Finalize { target: Cell::new(Some(id)), function: *function, args: rest, kw }) {
        Ok(body) => body,
        Err(raise) => {
            vm.heap.weak_free(id);
            return Err(raise);
        }
    };
    watch(vm, *obj, body.obj(), true)?;
    Ok(body.obj())
}

/// The object that a finaliser waits for; `Obj::NULL` when it waits no more.
fn alive(vm: &Vm, obj: Obj) -> Obj {
    Gc::<Finalize>::from_obj(obj).and_then(|body| body.target.get()).map_or(Obj::NULL, |id| target(vm, id))
}

/// The finaliser waits no more.
fn release(vm: &mut Vm, body: Gc<Finalize>) {
    if let Some(id) = body.target.replace(None) {
        vm.heap.weak_free(id);
    }
    if let Some(at) = vm.finalizers.slice().iter().position(|other| *other == body.obj()) {
        vm.finalizers.remove(at);
    }
}

fn run(vm: &mut Vm, body: Gc<Finalize>) -> Res {
    vm.call(body.function, Args { pos: tuple::items(body.args).unwrap_or(&[]), kw: body.kw.slice() })
}

fn call_finalize(vm: &mut Vm, obj: Obj, args: Args<'_>) -> Res {
    vm.check_count(args.pos.len(), 0, 0)?;
    let Some(body) = Gc::<Finalize>::from_obj(obj) else { return Ok(Obj::NULL) };
    if alive(vm, obj).is_null() {
        return Ok(Obj::NONE);
    }
    unwatch(vm, obj);
    release(vm, body);
    run(vm, body)
}

fn unwatch(vm: &mut Vm, obj: Obj) {
    if let Some(at) = vm.watches.slice().iter().position(|watch| target(vm, watch.watcher) == obj)
        && let Some(watch) = vm.watches.remove(at)
    {
        vm.heap.weak_free(watch.watcher);
    }
}

fn peek(vm: &mut Vm, obj: Obj) -> Res {
    let Some(body) = Gc::<Finalize>::from_obj(obj) else { return Ok(Obj::NULL) };
    let Some(subject) = alive(vm, obj).non_null() else { return Ok(Obj::NONE) };
    let kw = dict::new_as(vm, TypeRef::of(&dict::TYPE))?;
    for (key, value) in body.kw.slice() {
        kw.map.set(vm, *key, *value)?;
    }
    tuple::new(vm, &[subject, body.function, body.args, kw.obj()])
}

fn detach(vm: &mut Vm, obj: Obj) -> Res {
    let all = peek(vm, obj)?;
    if let (false, Some(body)) = (all.is_none(), Gc::<Finalize>::from_obj(obj)) {
        unwatch(vm, obj);
        release(vm, body);
    }
    Ok(all)
}
