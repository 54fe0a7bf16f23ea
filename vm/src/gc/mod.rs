//! The collector: one size-segregated mark-sweep heap for hosts and boards.
//!
//! A heap owns one [`Region`] of addresses, cut into pages. A page holds cells of one size class, or belongs to
//! a run of pages that is one large cell. What a page is, which of its cells are allocated and which are marked
//! stands in a table at the start of the region, so marking never touches cells that hold no pointers.
//!
//! Every word of the machine stack, of the registers and of cells of [`Kind::Scan`] that could be the address of
//! a cell keeps this cell alive; interior addresses count, addresses past the end do not. Nothing ever moves.
//! A collection marks at once and sweeps page by page when cells of that class are asked for.

mod bits;
mod class;
mod cut;
mod finalise;
mod guard;
mod heap;
mod large;
mod mark;
mod modes;
mod pages;
mod plain;
mod region;
mod roots;
mod stats;
mod sweep;
mod weak;

#[cfg(test)]
mod tests;

pub use heap::HeapOf;
pub use region::Region;
pub use roots::Root;
#[cfg(feature = "threads")]
pub use roots::Waiting;
#[cfg(feature = "threads")]
pub(crate) use roots::with_registers;
pub use stats::Stats;
pub use weak::WeakId;

/// Bytes of a page on this machine.
pub const PAGE: usize = if cfg!(target_pointer_width = "64") { 16 * 1024 } else { 256 };
/// Cells are a multiple of this many bytes, and aligned to it.
pub const GRANULE: usize = if cfg!(target_pointer_width = "64") { 16 } else { 8 };

/// The heap with this machine's page and granule.
pub type Heap = HeapOf<PAGE, GRANULE>;

/// What a cell holds, as far as the collector cares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Kind {
    /// Words that may be addresses of other cells: each is looked at.
    Scan = 0,
    /// Bytes that hold no address of a cell: never looked at.
    Leaf = 1,
    /// Bytes as in `Leaf`, but the collector never frees the cell: its owner does.
    Plain = 2,
}

/// How many kinds there are.
const KINDS: usize = 3;
