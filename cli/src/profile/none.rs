//! `-X profile=FILE` where nobody can walk the machine stack.

use vm::Vm;

use crate::emitter::Listener;

/// A profile while it is taken: there is none.
pub enum Profile {}

/// Says that there are no profiles here.
///
/// # Safety
/// Nothing is done.
pub unsafe fn start(_: *mut Vm, _: &str) -> Result<Profile, String> {
    Err("-X profile works on x86-64 Linux only".into())
}

impl Profile {
    /// Ends it.
    pub fn finish(self, _: &Vm) -> Result<(), String> {
        match self {}
    }
}

/// A listener that hears nothing.
pub fn listener() -> Box<dyn Listener> {
    struct Deaf;
    impl Listener for Deaf {
        fn made(&mut self, _: &vm::compile::emitter::Unit<'_>, _: &vm::compile::emitter::MachineCode) {}
    }
    Box::new(Deaf)
}

/// Profiles this thread, too, if there is a profile.
pub fn thread() -> Option<()> {
    None
}
