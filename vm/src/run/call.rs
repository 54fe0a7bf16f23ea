//! Calling functions: arguments to parameters, frames, and the way from Rust into the loop.

use super::call_error;
use super::code::{RawCode, flags};
use super::dispatch;
use super::frame::{Frame, Leave};
use crate::Vm;
use crate::qstr::Qstr;
use crate::types::function::Function;
use crate::types::{cell, dict, generator, str, tuple};
use crate::value::{Args, Gc, GcVec, Obj, Res};

/// What starting a call led to.
pub enum Started {
    /// A frame that is ready to run.
    Frame(*mut Frame),
    /// The result is there already: a generator was made, or machine code has run.
    Done(Obj),
}

/// Whether calling the function makes a generator.
pub fn makes_generator(function: Gc<Function>) -> bool {
    function.code.flags & flags::GENERATOR != 0
}

/// Calls a function from Rust.
pub fn call_function(vm: &mut Vm, function: Gc<Function>, args: Args<'_>) -> Res {
    match start(vm, function, Obj::NULL, args)? {
        Started::Done(value) => Ok(value),
        Started::Frame(frame) => {
            // SAFETY: `start` made the frame.
            unsafe { (*frame).leave = Leave::Entry };
            dispatch::run(vm, frame)
        }
    }
}

/// Begins a call of `function` with `this` (unless it is `Obj::NULL`) before the positional arguments.
pub fn start(vm: &mut Vm, function: Gc<Function>, this: Obj, args: Args<'_>) -> Res<Started> {
    let code = function.code;
    if code.flags & flags::GENERATOR != 0 {
        let frame = generator::frame(vm, function)?;
        // SAFETY: the frame is new and its object is on this stack through `frame`.
        unsafe { bind(vm, function, this, args, Frame::locals(frame))? };
        // SAFETY: made above.
        let made = unsafe { generator::new(vm, frame) }?;
        if code.flags & flags::ASYNC_GENERATOR != 0 {
            return Ok(Started::Done(crate::types::async_generator::new(vm, made)?));
        }
        return Ok(Started::Done(made));
    }
    let frame = push_frame(vm, function)?;
    // SAFETY: the frame is new.
    let bound = unsafe { bind(vm, function, this, args, Frame::locals(frame)) };
    if let Err(raise) = bound {
        vm.stack_top = frame.cast();
        return Err(raise);
    }
    if super::native::runs(vm, &code) {
        // SAFETY: the locals were just filled.
        let answer = unsafe { super::native::enter_frame(vm, function, frame) };
        vm.stack_top = frame.cast();
        return answer.map(Started::Done);
    }
    Ok(Started::Frame(frame))
}

/// Room for a frame of `function` on the value stack, its fields set, its locals not.
#[inline(always)]
pub fn push_frame(vm: &mut Vm, function: Gc<Function>) -> Res<*mut Frame> {
    let code = function.code;
    let frame: *mut Frame = vm.stack_top.cast();
    let bytes = Frame::size(&code);
    if vm.stack_top.wrapping_byte_add(bytes) > vm.stack_limit {
        return push_slow(vm, function);
    }
    // SAFETY: the frame lies inside the value stack, above everything in use.
    unsafe {
        vm.stack_top = vm.stack_top.byte_add(bytes);
        fill(frame, function);
    }
    Ok(frame)
}

#[cfg(not(feature = "trace"))]
#[cold]
fn push_slow(vm: &mut Vm, _: Gc<Function>) -> Res<*mut Frame> {
    Err(vm.too_deep())
}

/// No room on the value stack, or frames are traced.
#[cfg(feature = "trace")]
#[cold]
#[inline(never)]
fn push_slow(vm: &mut Vm, function: Gc<Function>) -> Res<*mut Frame> {
    let frame: *mut Frame = vm.stack_top.cast();
    let end = vm.stack_top.wrapping_byte_add(Frame::size(&function.code));
    if end > super::trace::stack_limit(vm) {
        return Err(vm.too_deep());
    }
    // SAFETY: as in `push_frame`.
    unsafe {
        vm.stack_top = end;
        fill(frame, function);
        super::trace::mark(vm, frame);
    }
    Ok(frame)
}

/// Sets the fields of a new frame.
///
/// # Safety
/// `frame` points to `Frame::size` bytes.
#[inline(always)]
pub unsafe fn fill(frame: *mut Frame, function: Gc<Function>) {
    let code = function.code;
    // SAFETY: the caller's promise.
    unsafe {
        let words = frame.add(1).cast::<Obj>();
        frame.write(Frame {
            prev: core::ptr::null_mut(),
            code,
            function: Some(function),
            ip: code.start,
            sp: words,
            blocks: words.add(code.n_state).cast::<super::frame::Block>().wrapping_sub(1),
            names: code.context.globals,
            generator: Obj::NULL,
            leave: Leave::Call,
        });
    }
}

/// Puts arguments into the parameters, makes all other locals unbound, and makes cells.
///
/// # Safety
/// `locals` is local 0 of `n_state` words that end there.
pub unsafe fn bind(vm: &mut Vm, function: Gc<Function>, this: Obj, args: Args<'_>, locals: *mut Obj) -> Res<()> {
    let code = function.code;
    let closed = if function.closed.is_null() { &[] } else { tuple::items(function.closed).unwrap_or(&[]) };
    let n_this = closed.len() + usize::from(!this.is_null());
    let given = n_this + args.pos.len();
    const AWKWARD: u8 = flags::VAR_ARGS | flags::VAR_KEYWORDS;
    if given == code.n_pos && args.kw.is_empty() && code.n_kwonly == 0 && code.flags & AWKWARD == 0 {
        let all = closed.iter().copied().chain(this.non_null()).chain(args.pos.iter().copied());
        // SAFETY: as below.
        return unsafe { bind_all(vm, code, all, locals) };
    }
    // SAFETY: all indices are below n_state: parameters come first among the locals.
    unsafe {
        for at in 0..code.n_state {
            locals.sub(at).write(Obj::NULL);
        }
        let copied = given.min(code.n_pos);
        let all = closed.iter().copied().chain(this.non_null()).chain(args.pos.iter().copied());
        for (at, obj) in all.take(copied).enumerate() {
            locals.sub(at).write(obj);
        }
        let n_params = code.n_pos + code.n_kwonly;
        let mut next = n_params;
        if given > code.n_pos {
            if code.flags & flags::VAR_ARGS == 0 {
                return Err(call_error::too_many(vm, &code, code.n_pos - closed.len(), given - closed.len()));
            }
            let from = code.n_pos.saturating_sub(n_this).min(args.pos.len());
            let rest = if code.n_pos < n_this {
                // Only `this` itself is left over.
                let all = GcVec::with_capacity(vm, args.pos.len() + 1)?;
                all.push(vm, this)?;
                all.extend(vm, args.pos)?;
                tuple::new(vm, all.slice())?
            } else {
                tuple::new(vm, &args.pos[from..])?
            };
            locals.sub(next).write(rest);
            next += 1;
        } else if code.flags & flags::VAR_ARGS != 0 {
            locals.sub(next).write(tuple::new(vm, &[])?);
            next += 1;
        }
        let keywords = if code.flags & flags::VAR_KEYWORDS != 0 {
            let all = dict::new(vm)?;
            locals.sub(next).write(all);
            all
        } else {
            Obj::NULL
        };
        for (key, value) in args.kw {
            let Some(name) = str::intern(vm, *key)? else {
                return Err(vm.type_error(format_args!("keywords must be strings")));
            };
            let place = code.params.slice().iter().take(n_params).skip(closed.len()).position(|param| *param == name.0);
            match place {
                Some(place) => {
                    let place = place + closed.len();
                    if !(*locals.sub(place)).is_null() {
                        return Err(call_error::twice(vm, &code, name));
                    }
                    locals.sub(place).write(*value);
                }
                None => match dict::map(keywords) {
                    Some(map) => map.set_name(vm, name, *value)?,
                    None => {
                        return Err(call_error::unexpected(vm, function, name));
                    }
                },
            }
        }
        if given < code.n_pos {
            let defaults = tuple::items(function.defaults.get()).unwrap_or(&[]);
            let first_default = code.n_pos - defaults.len().min(code.n_pos);
            for at in given..code.n_pos {
                if (*locals.sub(at)).is_null() {
                    match at.checked_sub(first_default).and_then(|at| defaults.get(at)) {
                        Some(value) => locals.sub(at).write(*value),
                        None => {
                            let lacks = |at: usize| at < first_default && (*locals.sub(at)).is_null();
                            let by_name = !args.kw.is_empty();
                            return Err(call_error::missing(vm, &code, closed.len(), given, by_name, lacks));
                        }
                    }
                }
            }
        }
        for at in code.n_pos..n_params {
            if (*locals.sub(at)).is_null() {
                let name = code.params.get(at).map_or(Qstr::NULL, Qstr);
                let value = match dict::map(function.kw_defaults.get()) {
                    Some(map) => map.get_name(vm, name),
                    None => Obj::NULL,
                };
                if value.is_null() {
                    let defaults = function.kw_defaults.get();
                    let has_default = |name| match dict::map(defaults) {
                        Some(map) => map.find_name(vm, name).is_some(),
                        None => false,
                    };
                    let mut absent = 0u64;
                    for at in at..n_params.min(at + 64) {
                        let name = code.params.get(at).map_or(Qstr::NULL, Qstr);
                        if (*locals.sub(at)).is_null() && !has_default(name) {
                            absent |= 1 << (at & 63);
                        }
                    }
                    let lacks = |at: usize| absent >> (at & 63) & 1 != 0;
                    return Err(call_error::missing_keywords(vm, &code, at, !args.kw.is_empty(), lacks));
                }
                locals.sub(at).write(value);
            }
        }
        for number in code.cells.slice() {
            let place = locals.sub(*number as usize);
            place.write(cell::new(vm, *place)?);
        }
    }
    Ok(())
}

/// `bind` of as many arguments as there are parameters.
///
/// # Safety
/// As `bind`; there are `n_pos` arguments.
#[inline(always)]
unsafe fn bind_all(vm: &mut Vm, code: Gc<RawCode>, args: impl Iterator<Item = Obj>, locals: *mut Obj) -> Res<()> {
    // SAFETY: the caller's promise.
    unsafe {
        for (at, obj) in args.enumerate() {
            locals.sub(at).write(obj);
        }
        for at in code.n_pos..code.n_state {
            locals.sub(at).write(Obj::NULL);
        }
        for number in code.cells.slice() {
            let place = locals.sub(*number as usize);
            place.write(cell::new(vm, *place)?);
        }
    }
    Ok(())
}

/// Calls `args[0]` (after `args[1]` as its first argument, when `has_this` and it is not `Obj::NULL`) with starred
/// arguments spread out: what CALL_FUNCTION_VAR_KW and CALL_METHOD_VAR_KW do. `stars` has a bit for each starred positional
/// argument; a keyword whose name is `Obj::NULL` is a mapping.
pub fn call_spread(vm: &mut Vm, callee: Obj, this: Obj, pos: &[Obj], kw: &[(Obj, Obj)], stars: usize) -> Res {
    let all: GcVec<Obj> = GcVec::with_capacity(vm, pos.len() + 1)?;
    if !this.is_null() {
        all.push(vm, this)?;
    }
    for (at, obj) in pos.iter().enumerate() {
        if at < usize::BITS as usize && stars >> at & 1 != 0 {
            let iter = vm.iter(*obj)?;
            loop {
                let item = vm.next(iter)?;
                if item.is_null() {
                    break;
                }
                all.push(vm, item)?;
            }
        } else {
            all.push(vm, *obj)?;
        }
    }
    let n_pos = all.len();
    for (key, value) in kw {
        if !key.is_null() {
            all.push(vm, *key)?;
            all.push(vm, *value)?;
            continue;
        }
        spread_mapping(vm, &all, n_pos, *value)?;
    }
    let (pos, kw) = all.slice().split_at(n_pos);
    // SAFETY: a pair of values is laid out as two values.
    let kw = unsafe { core::slice::from_raw_parts(kw.as_ptr().cast::<(Obj, Obj)>(), kw.len() / 2) };
    vm.call(callee, Args { pos, kw })
}

fn spread_mapping(vm: &mut Vm, all: &GcVec<Obj>, n_pos: usize, mapping: Obj) -> Res<()> {
    if let Some(map) = dict::map(mapping) {
        let mut from = 0;
        while let Some((at, key, value)) = map.next(from) {
            add_keyword(vm, all, n_pos, key, value)?;
            from = at + 1;
        }
        return Ok(());
    }
    let keys = vm.find_attr(mapping, crate::q!("keys"))?;
    if keys.is_null() {
        let ty = vm.type_name(mapping);
        return Err(vm.type_error(format_args!("argument after ** must be a mapping, not {ty}")));
    }
    let keys = vm.call_pos(keys, &[])?;
    let iter = vm.iter(keys)?;
    loop {
        let key = vm.next(iter)?;
        if key.is_null() {
            return Ok(());
        }
        let value = vm.get_item(mapping, key)?;
        add_keyword(vm, all, n_pos, key, value)?;
    }
}

fn add_keyword(vm: &mut Vm, all: &GcVec<Obj>, n_pos: usize, key: Obj, value: Obj) -> Res<()> {
    let Some(name) = str::intern(vm, key)? else { return Err(vm.type_error(format_args!("keywords must be strings"))) };
    let key = Obj::name(name);
    if all.slice()[n_pos..].iter().step_by(2).any(|other| *other == key) {
        let text = vm.text_of_name(name);
        return Err(vm.type_error(format_args!("function got multiple values for argument '{text}'")));
    }
    all.push(vm, key)?;
    all.push(vm, value)
}

/// Runs a function's body with `names` as its namespace: what making a class does with its body.
pub fn run_class_body(vm: &mut Vm, body: Obj, names: Gc<dict::Dict>) -> Res {
    match Gc::<Function>::from_obj(body) {
        Some(function) if !makes_generator(function) => run_body(vm, function, names),
        Some(_) | None => vm.call_pos(body, &[]),
    }
}

/// Runs the body of a module or class, whose names are in `names`.
pub fn run_body(vm: &mut Vm, function: Gc<Function>, names: Gc<dict::Dict>) -> Res {
    let frame = push_frame(vm, function)?;
    // SAFETY: the frame is new.
    unsafe {
        (*frame).leave = Leave::Entry;
        (*frame).names = names;
        let bound = bind(vm, function, Obj::NULL, Args::pos(&[]), Frame::locals(frame));
        if bound.is_ok() && !super::native::runs(vm, &function.code) {
            return dispatch::run(vm, frame);
        }
        let answer = match bound {
            Ok(()) => super::native::enter_frame(vm, function, frame),
            Err(raise) => Err(raise),
        };
        vm.stack_top = frame.cast();
        answer
    }
}
