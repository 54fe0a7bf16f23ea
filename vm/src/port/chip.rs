//! What a machine has that is a chip: memory at addresses, a reset, interrupts.

/// A chip, for the module `machine`.
pub trait Chip: Sync {
    /// Starts all anew, as at power-up.
    fn reset(&self) -> !;
    /// A number that no other chip has, where there is one.
    fn unique_id(&self) -> &'static [u8];
    /// Ticks of the core's clock in a second.
    fn frequency(&self) -> u32;
    /// Sleeps until an interrupt comes.
    fn idle(&self);
    /// Holds interrupts back, and says whether they were let through before.
    fn disable_interrupts(&self) -> bool;
    /// Lets interrupts through.
    fn enable_interrupts(&self);
    /// What is at an address, in one access of 1, 2 or 4 bytes. A wrong address may end everything.
    fn read(&self, address: usize, bytes: usize) -> u32;
    /// Changes what is at an address, in the same way.
    fn write(&self, address: usize, bytes: usize, value: u32);
}
