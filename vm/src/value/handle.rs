//! `Gc<T>`: a `Copy` pointer to an object whose body is the Rust struct `T`.
//!
//! A heap object is its type's pointer followed by its body. Bodies use `Cell` fields, so that no borrow of an object can
//! outlast a call that runs Python. The collector scans the machine stack, so a `Gc<T>` in a local keeps its object.

use core::ptr::NonNull;

use super::{Obj, Res, Type, TypeRef};
use crate::Vm;
use crate::gc::Kind;
use crate::num::limb::Limb;

/// A Rust struct that is the body of a built-in type's instances. Each `TYPE` belongs to exactly one struct.
pub trait Object: 'static {
    /// The built-in type.
    const TYPE: &'static Type;
    /// Whether the collector must look into the body. Leaf bodies hold no pointers.
    const KIND: Kind = Kind::Scan;
}

/// An object in memory.
#[repr(C)]
pub struct Boxed<T> {
    ty: TypeRef,
    body: T,
}

impl<T> Boxed<T> {
    /// Where the body lies, for machine code.
    pub(crate) const BODY: usize = core::mem::offset_of!(Boxed<T>, body);
}

/// Room on a stack for the iterator of a loop: used while the heap is locked.
#[repr(C)]
pub struct IterPlace([Obj; 4]);

impl IterPlace {
    /// Empty room.
    pub const fn new() -> IterPlace {
        IterPlace([Obj::NULL; 4])
    }
}

impl Default for IterPlace {
    fn default() -> IterPlace {
        IterPlace::new()
    }
}

/// A pointer to an object with body `T`.
#[repr(transparent)]
pub struct Gc<T>(NonNull<Boxed<T>>);

impl<T> Clone for Gc<T> {
    fn clone(&self) -> Gc<T> {
        *self
    }
}

impl<T> Copy for Gc<T> {}

impl<T> PartialEq for Gc<T> {
    fn eq(&self, other: &Gc<T>) -> bool {
        self.0 == other.0
    }
}

impl<T> core::ops::Deref for Gc<T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: a Gc is made only by `alloc` and by checked casts, and its object lives while the collector sees the Gc.
        unsafe { &self.0.as_ref().body }
    }
}

impl<T: Object> Gc<T> {
    /// Puts `body` on the heap, as an instance of `T::TYPE`.
    #[inline]
    pub fn alloc(vm: &mut Vm, body: T) -> Res<Gc<T>> {
        Gc::alloc_as(vm, TypeRef::of(T::TYPE), body)
    }

    /// Puts `body` on the heap, as an instance of `ty`, whose layout type must be `T::TYPE`.
    #[inline]
    pub fn alloc_as(vm: &mut Vm, ty: TypeRef, body: T) -> Res<Gc<T>> {
        Gc::alloc_with_tail(vm, ty, body, 0)
    }

    /// As `alloc_as`, with `tail` zeroed bytes behind the body.
    #[inline]
    pub fn alloc_with_tail(vm: &mut Vm, ty: TypeRef, body: T, tail: usize) -> Res<Gc<T>> {
        const { assert!(align_of::<Boxed<T>>() <= 8) };
        let Some(bytes) = size_of::<Boxed<T>>().checked_add(tail) else { return Err(vm.memory_error()) };
        let cell = vm.alloc_raw(bytes, T::KIND)?.cast::<Boxed<T>>();
        // SAFETY: the cell is fresh, big enough and aligned to 8.
        unsafe { cell.write(Boxed { ty, body }) };
        Ok(Gc(cell))
    }

    /// Puts the body of an iterator on the heap, or while that is locked in the place that `Vm::iter_in` offers.
    #[inline]
    pub fn alloc_iter(vm: &mut Vm, body: T) -> Res<Gc<T>> {
        if vm.heap.is_locked()
            && size_of::<Boxed<T>>() <= size_of::<IterPlace>()
            && let Some(place) = NonNull::new(core::mem::replace(&mut vm.iter_place, core::ptr::null_mut()))
        {
            let place = place.cast::<Boxed<T>>();
            // SAFETY: whoever offered the place keeps it for as long as it uses the iterator; it is as large and aligned.
            unsafe { place.write(Boxed { ty: TypeRef::of(T::TYPE), body }) };
            return Ok(Gc(place));
        }
        Gc::alloc(vm, body)
    }

    /// Makes the object anew where it is: an object that is kept ready for when there is no memory. Whoever still knows it
    /// sees the new one.
    pub(crate) fn renew(self, ty: TypeRef, body: T) {
        // SAFETY: see `deref`; the layout is the same.
        unsafe { self.0.as_ptr().write(Boxed { ty, body }) };
    }

    /// `obj` as a `T`, if its type's layout says that it is one.
    #[inline(always)]
    pub fn from_obj(obj: Obj) -> Option<Gc<T>> {
        let pointer = obj.as_pointer()?;
        let ty = obj.type_of_pointer(pointer);
        if ty == TypeRef::of(T::TYPE) || ty.layout == Some(TypeRef::of(T::TYPE)) {
            Some(Gc(pointer.cast()))
        } else {
            None
        }
    }

    /// `obj` as a `T`, if its type is exactly `T::TYPE`.
    #[inline(always)]
    pub fn exact(obj: Obj) -> Option<Gc<T>> {
        let pointer = obj.as_pointer()?;
        if obj.type_of_pointer(pointer) == TypeRef::of(T::TYPE) { Some(Gc(pointer.cast())) } else { None }
    }

    /// The object as a value.
    #[inline(always)]
    pub fn obj(self) -> Obj {
        Obj::from_pointer(self.0.cast())
    }

    /// The object's type, which may be a subclass of `T::TYPE`.
    pub fn type_ref(self) -> TypeRef {
        // SAFETY: see `deref`.
        unsafe { self.0.as_ref().ty }
    }

    /// Makes the object an instance of `ty`, whose layout type must be `T::TYPE` as well.
    pub fn set_type(self, ty: TypeRef) {
        // SAFETY: the object is alive, on the heap, and no reference covers its header.
        unsafe { (&raw mut (*self.0.as_ptr()).ty).write(ty) };
    }

    /// Start of the bytes behind the body (see `alloc_with_tail`).
    pub(crate) fn tail(self) -> NonNull<u8> {
        // SAFETY: the end of the body is inside the cell or one past it.
        unsafe { self.0.add(1).cast() }
    }

    /// The object whose address is `pointer`.
    ///
    /// # Safety
    /// `pointer` is the address of a live object with body `T`.
    #[inline(always)]
    pub unsafe fn from_pointer(pointer: NonNull<u8>) -> Gc<T> {
        Gc(pointer.cast())
    }
}

impl Obj {
    /// The value that is a pointer to this object.
    #[inline(always)]
    pub(crate) fn from_pointer(pointer: NonNull<u8>) -> Obj {
        Obj::from_bits_const(pointer.as_ptr().expose_provenance())
    }

    /// The value that is a pointer to an object in static memory (which begins with its `TypeRef`).
    pub(crate) fn from_static<T>(object: &'static T) -> Obj {
        Obj::from_pointer(NonNull::from_ref(object).cast())
    }

    /// The address of the object, if this is a pointer.
    #[inline(always)]
    pub(crate) fn as_pointer(self) -> Option<NonNull<u8>> {
        if self.is_pointer() { NonNull::new(core::ptr::with_exposed_provenance_mut(self.bits())) } else { None }
    }

    /// The type of the object at `pointer`, which is this word.
    #[inline(always)]
    pub(super) fn type_of_pointer(self, pointer: NonNull<u8>) -> TypeRef {
        // SAFETY: a pointer word addresses an object, which begins with its type: a non-null pointer, except for static
        // types, whose first word is null.
        match unsafe { pointer.cast::<Option<TypeRef>>().read() } {
            Some(ty) => ty,
            None => TypeRef::of(&crate::types::class::TYPE),
        }
    }
}

impl<T: Object> Gc<T> {
    /// The first `len` bytes behind the body, as many as there are.
    pub fn tail_bytes<'a>(self, len: usize) -> &'a [u8] {
        // SAFETY: callers pass the length that the object was made with, which its body keeps.
        unsafe { core::slice::from_raw_parts(self.tail().as_ptr(), len) }
    }

    /// Fills the bytes behind the body, just after the object was made with room for as many.
    pub fn tail_copy(self, bytes: &[u8]) {
        // SAFETY: see `tail_bytes`; the object is new, so nobody else looks at them.
        unsafe { core::ptr::copy_nonoverlapping(bytes.as_ptr(), self.tail().as_ptr(), bytes.len()) };
    }

    /// Fills the bytes behind the body from `at` on, while the object is new; it was made with room for them.
    pub fn tail_copy_at(self, at: usize, bytes: &[u8]) {
        // SAFETY: as `tail_copy`; at + bytes.len() is at most the room behind the body.
        unsafe { core::ptr::copy_nonoverlapping(bytes.as_ptr(), self.tail().as_ptr().add(at), bytes.len()) };
    }

    /// The first `len` values behind the body.
    pub fn tail_objs<'a>(self, len: usize) -> &'a [Obj] {
        // SAFETY: as `tail_bytes`; objects with values behind them fill all of them when they are made.
        unsafe { core::slice::from_raw_parts(self.tail().as_ptr().cast(), len) }
    }

    /// The first `len` limbs behind the body of a big int.
    pub fn tail_limbs<'a>(self, len: usize) -> &'a [Limb] {
        // SAFETY: as `tail_bytes`; the cell is zeroed and aligned to 8, and any bits are a limb.
        unsafe { core::slice::from_raw_parts(self.tail().as_ptr().cast(), len) }
    }

    /// Lends the first `len` limbs behind the body for writing, while the object is new and nobody else looks at them.
    pub fn tail_fill<R>(self, len: usize, fill: impl FnOnce(&mut [Limb]) -> R) -> R {
        // SAFETY: see `tail_limbs`; a slice of a new object's limbs exists nowhere else.
        fill(unsafe { core::slice::from_raw_parts_mut(self.tail().as_ptr().cast(), len) })
    }

    /// Sets value number `at` behind the body, which was made with room for more than `at`.
    pub fn tail_set(self, at: usize, obj: Obj) {
        // SAFETY: see above.
        unsafe { self.tail().as_ptr().cast::<Obj>().add(at).write(obj) };
    }
}

impl<T> Gc<T> {
    /// The body, for as long as the object lives: the collector must go on seeing the object.
    #[inline(always)]
    pub fn body<'a>(self) -> &'a T {
        // SAFETY: see `deref`.
        unsafe { &(*self.0.as_ptr()).body }
    }
}
