//! The order in which a class and its bases are searched (C3).

use super::*;

/// C3: merges the orders of the bases into `order`, which holds the class itself.
pub(super) fn linearise(vm: &mut Vm, order: &GcVec<TypeRef>, bases: &[Obj]) -> Res<()> {
    // One list per base with its order, and the list of bases; each as a vector of types and a position.
    let all: GcVec<TypeRef> = GcVec::new();
    let bounds: GcVec<usize> = GcVec::new();
    for base in bases {
        let Some(base) = TypeRef::from_obj(*base) else { continue };
        bounds.push(vm, all.len())?;
        match base.class {
            Some(other) => all.extend(vm, other.order.slice())?,
            None => {
                let mut at = Some(base);
                while let Some(ty) = at {
                    all.push(vm, ty)?;
                    at = ty.base;
                }
                if all.slice().last() != Some(&TypeRef::of(&object::TYPE)) {
                    all.push(vm, TypeRef::of(&object::TYPE))?;
                }
            }
        }
        bounds.push(vm, all.len())?;
    }
    bounds.push(vm, all.len())?;
    for base in bases {
        if let Some(base) = TypeRef::from_obj(*base) {
            all.push(vm, base)?;
        }
    }
    bounds.push(vm, all.len())?;
    if bases.is_empty() {
        return order.push(vm, TypeRef::of(&object::TYPE));
    }
    loop {
        let ranges = bounds.slice();
        let mut candidate = None;
        let mut left = false;
        for range in ranges.chunks_exact(2) {
            let (start, end) = (range[0], range[1]);
            let Some(head) = (if start < end { all.get(start) } else { None }) else { continue };
            left = true;
            let in_tail = ranges
                .chunks_exact(2)
                .any(|other| all.slice().get(other[0] + 1..other[1]).is_some_and(|tail| tail.contains(&head)));
            if !in_tail {
                candidate = Some(head);
                break;
            }
        }
        let Some(next) = candidate else {
            if left {
                return Err(
                    vm.type_error(format_args!("Cannot create a consistent method resolution order (MRO) for bases"))
                );
            }
            return Ok(());
        };
        order.push(vm, next)?;
        for at in (0..bounds.len()).step_by(2) {
            let (Some(start), Some(end)) = (bounds.get(at), bounds.get(at + 1)) else { continue };
            if start < end && all.get(start) == Some(next) {
                bounds.set(at, start + 1);
            }
        }
    }
}
