//! What was found in classes lately: looking it up again is one probe of a small table.
//!
//! The table keeps nothing alive. Its rows hold until a class changes or the collector runs, which may free a class and give
//! its memory to another one.

use super::*;
use crate::mem;

/// Rows of the table, a power of two.
const ROWS: usize = 512;

/// One answer.
#[derive(Clone)]
struct Row {
    ty: Cell<usize>,
    name: Cell<u32>,
    /// See `stamp`; zero in a row that was never filled.
    stamp: Cell<u64>,
    place: Cell<Option<Place>>,
}

/// Where an attribute is.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// Entry `at` of a class's dict, as long as that has this version.
    Entry { attrs: Gc<dict::Dict>, at: usize, version: u32 },
    /// A row of a built-in type's table.
    Rom(&'static Rom),
}

/// The table; without rows on ports that have no caches.
pub struct Lately(mem::Vec<Row>);

impl Lately {
    /// An empty table.
    pub fn new(has_rows: bool) -> Result<Lately, mem::NoMemory> {
        let mut rows = mem::Vec::with_capacity(if has_rows { ROWS } else { 0 })?;
        for _ in 0..rows.capacity().min(ROWS) {
            rows.push(Row { ty: Cell::new(0), name: Cell::new(0), stamp: Cell::new(0), place: Cell::new(None) })?;
        }
        Ok(Lately(rows))
    }

    fn row(&self, ty: TypeRef, name: Qstr) -> Option<&Row> {
        let hash = (ty.bits() >> 4) ^ (ty.bits() >> 12) ^ (name.0 as usize).wrapping_mul(0x9e37);
        self.0.get(hash & (ROWS - 1))
    }
}

/// What rows that hold now were filled with: the state of classes, and how often the collector has run.
fn stamp(vm: &Vm) -> u64 {
    u64::from(vm.attr_epoch) << 32 | u64::from(vm.heap.collections() as u32)
}

/// Looks `name` up in `ty` and its bases, in method resolution order.
pub fn lookup(vm: &Vm, ty: TypeRef, name: Qstr) -> Option<Found> {
    let Some(row) = vm.lately.row(ty, name) else { return search(vm, ty, name).map(Place::found) };
    if row.stamp.get() == stamp(vm) && row.ty.get() == ty.bits() && row.name.get() == name.0 {
        match row.place.get() {
            None => return None,
            Some(Place::Rom(rom)) => return Some(Found::Rom(rom)),
            Some(Place::Entry { attrs, at, version }) => {
                if attrs.map.version() == version {
                    return Some(Found::Value(attrs.map.value_at(at)));
                }
            }
        }
    }
    let place = search(vm, ty, name);
    row.stamp.set(stamp(vm));
    row.ty.set(ty.bits());
    row.name.set(name.0);
    row.place.set(place);
    place.map(Place::found)
}

fn search(vm: &Vm, ty: TypeRef, name: Qstr) -> Option<Place> {
    match ty.class {
        Some(part) => search_order(vm, part.order.slice(), name),
        None => search_builtin(ty, name).map(Place::Rom),
    }
}

impl Place {
    fn found(self) -> Found {
        match self {
            Place::Entry { attrs, at, .. } => Found::Value(attrs.map.value_at(at)),
            Place::Rom(rom) => Found::Rom(rom),
        }
    }
}

/// As `lookup`, starting after `after` in the order of `ty`: what `super()` needs.
pub fn lookup_after(vm: &Vm, ty: TypeRef, after: TypeRef, name: Qstr) -> Option<Found> {
    match ty.class {
        Some(part) => {
            let order = part.order.slice();
            let at = order.iter().position(|other| *other == after)?;
            search_order(vm, order.get(at + 1..)?, name).map(Place::found)
        }
        None => lookup(vm, after.base?, name),
    }
}

fn search_order(vm: &Vm, order: &[TypeRef], name: Qstr) -> Option<Place> {
    for ty in order {
        match ty.class {
            Some(part) => {
                let map = &part.attrs.map;
                if let Some(at) = map.find_name(vm, name)
                    && !map.value_at(at).is_null()
                {
                    return Some(Place::Entry { attrs: part.attrs, at, version: map.version() });
                }
            }
            None => {
                if let Some(rom) = own_row(*ty, name) {
                    return Some(Place::Rom(rom));
                }
            }
        }
    }
    None
}

fn search_builtin(ty: TypeRef, name: Qstr) -> Option<&'static Rom> {
    let mut at = Some(ty);
    while let Some(ty) = at {
        if let Some(rom) = own_row(ty, name) {
            return Some(rom);
        }
        at = ty.base;
    }
    if name == q!("__new__") && ty != TypeRef::of(&object::TYPE) {
        return Some(&object::NEW_NATIVE);
    }
    Entry::find(object::TYPE.table, name)
}
