//! Size classes: at most a quarter apart, and stretched so that a page is cut without a useless rest.

use super::{KINDS, Kind};

/// Most classes that any page size has.
pub(super) const CLASSES: usize = if cfg!(target_pointer_width = "64") { 32 } else { 10 };
/// Most granules of a small cell: half of the biggest page.
const SMALL: usize = if cfg!(target_pointer_width = "64") { 512 } else { 16 };

/// The classes of one page size, built at compile time.
pub(super) struct Classes {
    /// Granules of a cell.
    pub(super) granules: [u16; CLASSES],
    /// Cells of a page.
    pub(super) cells: [u16; CLASSES],
    /// `ceil(2^20 / granules)`: divides any offset inside a page without a division.
    pub(super) inverse: [u32; CLASSES],
    /// Class of a cell of so many granules.
    of: [u8; SMALL + 1],
    /// Granules of the biggest class.
    most: usize,
    /// How many classes there are.
    pub(super) count: usize,
}

impl Classes {
    pub(super) const fn new(page: usize, granule: usize) -> Classes {
        let per_page = page / granule;
        assert!(page.is_power_of_two() && granule.is_power_of_two() && granule >= size_of::<usize>());
        assert!(per_page >= 4 && per_page / 2 <= SMALL);
        let mut out = Classes {
            granules: [0; CLASSES],
            cells: [0; CLASSES],
            inverse: [0; CLASSES],
            of: [0; SMALL + 1],
            most: per_page / 2,
            count: 0,
        };
        let mut size = 0;
        while size < per_page / 2 {
            let step = if size < 8 { 1 } else { (1 << size.ilog2()) / 4 };
            let cells = per_page / (size + step);
            let wide = per_page / cells;
            let mut granules = size + 1;
            while granules <= wide {
                out.of[granules] = out.count as u8;
                granules += 1;
            }
            size = wide;
            out.granules[out.count] = size as u16;
            out.cells[out.count] = cells as u16;
            out.inverse[out.count] = (1u32 << 20).div_ceil(size as u32);
            out.count += 1;
        }
        out
    }

    /// The class for cells of so many granules, or `None` for a run of pages.
    pub(super) fn of(&self, granules: usize) -> Option<Class> {
        if granules > self.most {
            return None;
        }
        self.of.get(granules).map(|&class| Class(class))
    }
}

/// A size class.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Class(pub(super) u8);

impl Class {
    /// The slot of this class and kind in the arrays of lists.
    pub(super) fn slot(self, kind: Kind) -> usize {
        self.0 as usize * KINDS + kind as usize
    }

    /// The class of a slot.
    pub(super) fn of_slot(slot: usize) -> Class {
        Class((slot / KINDS) as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_has_the_smallest_class_that_fits() {
        // The second is the board's, whose arrays of lists have room for ten classes.
        for (page, granule, most) in [(16384, 16, 32), (256, 8, 10), (512, 8, 32)] {
            let classes = Classes::new(page, granule);
            assert!(classes.count <= most);
            for granules in 1..=page / granule / 2 {
                let class = classes.of(granules).unwrap().0 as usize;
                let size = classes.granules[class] as usize;
                assert!(size >= granules && size * classes.cells[class] as usize <= page / granule);
                assert!(class == 0 || (classes.granules[class - 1] as usize) < granules);
                for offset in 0..page / granule {
                    assert_eq!(((offset as u32 * classes.inverse[class]) >> 20) as usize, offset / size);
                }
            }
            assert!(classes.of(page / granule / 2 + 1).is_none());
        }
    }
}
