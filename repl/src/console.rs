//! The console of a machine's port: bytes as they are, in both directions.

use vm::Vm;
use vm::value::{Res, Sink};

use crate::line::Out;

/// Ctrl-C, as a key.
pub const INTERRUPT: u8 = 3;

/// Shows bytes as they are.
pub fn write(vm: &mut Vm, bytes: &[u8]) {
    vm.port.write_raw(bytes);
}

/// Waits for a byte; nothing when the input has ended.
pub fn read(vm: &mut Vm) -> Option<u8> {
    vm.port.flush();
    let mut byte = [0];
    match vm.port.read_in(&mut byte) {
        Ok(0) => None,
        Ok(_) => Some(byte[0]),
        Err(_) => vm.port.interrupted().then_some(INTERRUPT),
    }
}

/// The terminal's side of an edit.
pub struct Screen<'a>(pub &'a mut Vm);

impl Out for Screen<'_> {
    fn write(&mut self, bytes: &[u8]) {
        write(self.0, bytes);
    }
}

/// Where reports of exceptions go.
pub struct Reports;

impl Sink for Reports {
    fn write(&mut self, vm: &mut Vm, text: &str) -> Res<()> {
        vm.port.write_err(text.as_bytes());
        Ok(())
    }
}
