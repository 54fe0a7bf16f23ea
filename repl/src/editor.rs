//! The line editor: bytes of a terminal's keys to changes of a line.

use vm::mem::NoMemory;

use crate::history::History;
use crate::line::{Line, Out};

/// What a byte led to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event {
    /// The line is still being typed.
    More,
    /// It is whole.
    Whole,
    /// Ctrl-C.
    Interrupt,
    /// A control key on an empty line: Ctrl-A to Ctrl-E.
    Control(u8),
    /// The tabulator: names are to be completed.
    Complete,
}

/// What is known of an escape sequence.
#[derive(Clone, Copy)]
enum Escape {
    None,
    Started,
    /// `ESC [`
    Bracket,
    /// `ESC [` and the digits and semicolons that came, the first and the last of them.
    Digits(u8, u8),
    /// `ESC O`
    O,
}

/// What came of the spaces that a line was begun with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Indent {
    /// Lines get some.
    On,
    /// They were added just now.
    Added,
    /// Somebody types them: probably a program that pastes.
    Off,
}

/// The editor.
pub struct Editor {
    line: Line,
    history: History,
    escape: Escape,
    indent: Indent,
    /// Bytes that the character needs which is being typed.
    missing: u8,
    character: [u8; 4],
    have: usize,
    after_return: bool,
}

impl Editor {
    /// An editor without a history.
    pub fn new() -> Editor {
        Editor {
            line: Line::default(),
            history: History::default(),
            escape: Escape::None,
            indent: Indent::On,
            missing: 0,
            character: [0; 4],
            have: 0,
            after_return: false,
        }
    }

    /// What was typed.
    pub fn text(&self) -> &[u8] {
        self.line.bytes()
    }

    /// What is before the cursor.
    pub fn before(&self) -> &[u8] {
        self.line.before()
    }

    /// Begins the first line of a statement.
    pub fn begin(&mut self) {
        self.indent = Indent::On;
        self.fresh();
    }

    /// Begins another line of a statement, with spaces that the lines before ask for.
    pub fn go_on(&mut self, before: &[u8], out: &mut dyn Out) {
        self.fresh();
        if self.indent == Indent::Off {
            return;
        }
        self.indent = Indent::On;
        for _ in 0..levels(before) {
            if self.line.insert(b"    ", out).is_ok() {
                self.indent = Indent::Added;
            }
        }
    }

    fn fresh(&mut self) {
        self.line.clear();
        self.history.rewind();
        self.escape = Escape::None;
        self.missing = 0;
    }

    /// Puts text before the cursor. Without memory for it, it is not there.
    pub fn insert(&mut self, text: &[u8], out: &mut dyn Out) {
        let _ = self.line.insert(text, out);
    }

    /// Shows the line again after other output.
    pub fn show(&self, out: &mut dyn Out) {
        self.line.show(out);
    }

    /// Takes a byte. When memory for it is missing, the key has no effect.
    pub fn press(&mut self, byte: u8, out: &mut dyn Out) -> Event {
        // The end of a line may be both.
        if core::mem::replace(&mut self.after_return, byte == b'\r') && byte == b'\n' && self.line.bytes().is_empty() {
            return Event::More;
        }
        self.taken(byte, out).unwrap_or(Event::More)
    }

    fn taken(&mut self, byte: u8, out: &mut dyn Out) -> Result<Event, NoMemory> {
        match self.escape {
            Escape::None => return self.key(byte, out),
            Escape::Started => self.escape_key(byte, out),
            Escape::Bracket => self.bracket_key(byte, out)?,
            Escape::Digits(first, _) => match byte {
                b'0'..=b'9' | b';' => self.escape = Escape::Digits(first, byte),
                _ => self.digits_key(byte, out),
            },
            Escape::O => {
                self.escape = Escape::None;
                self.end_key(byte, out);
            }
        }
        Ok(Event::More)
    }

    fn key(&mut self, byte: u8, out: &mut dyn Out) -> Result<Event, NoMemory> {
        if self.indent == Indent::Added && matches!(byte, b' ' | b'\t') {
            self.indent = Indent::Off;
            if byte == b' ' {
                self.line.keep_one_space(out);
            }
            return Ok(Event::More);
        }
        if self.indent == Indent::Added {
            self.indent = Indent::On;
        }
        if byte.is_ascii() {
            self.missing = 0;
        }
        match byte {
            1..=5 if self.line.bytes().is_empty() => {
                return Ok(if byte == 3 { Event::Interrupt } else { Event::Control(byte) });
            }
            3 => return Ok(Event::Interrupt),
            b'\r' | b'\n' => {
                self.history.push(self.line.bytes());
                return Ok(Event::Whole);
            }
            b'\t' => return Ok(Event::Complete),
            1 => self.line.home(out),
            2 => self.line.left(out),
            4 => self.line.delete(out),
            5 => self.line.end(out),
            6 => self.line.right(out),
            8 | 127 => self.line.rub_out(out),
            11 => self.line.cut_rest(out),
            14 => self.newer(out)?,
            16 => self.older(out)?,
            21 => self.line.cut_start(out),
            23 => self.line.cut_word_before(out),
            27 => self.escape = Escape::Started,
            32..=126 => self.line.insert(&[byte], out)?,
            0x80.. => self.part(byte, out)?,
            0..=31 => {}
        }
        Ok(Event::More)
    }

    /// A byte of a character that is not ASCII: it counts when it is whole, and right.
    fn part(&mut self, byte: u8, out: &mut dyn Out) -> Result<(), NoMemory> {
        let needs = match byte {
            0xC2..=0xDF => 1,
            0xE0..=0xEF => 2,
            0xF0..=0xF4 => 3,
            0x80..=0xBF if self.missing > 0 => self.missing - 1,
            _ => {
                self.missing = 0;
                return Ok(());
            }
        };
        if byte >= 0xC0 {
            self.have = 0;
        }
        if let Some(place) = self.character.get_mut(self.have) {
            *place = byte;
        }
        self.have += 1;
        self.missing = needs;
        let whole = self.character.get(..self.have).unwrap_or(&[]);
        if needs == 0 && core::str::from_utf8(whole).is_ok() {
            self.line.insert(whole, out)?;
        }
        Ok(())
    }

    fn escape_key(&mut self, byte: u8, out: &mut dyn Out) {
        self.escape = Escape::None;
        match byte {
            b'[' => self.escape = Escape::Bracket,
            b'O' => self.escape = Escape::O,
            b'b' => self.line.word_left(out),
            b'f' => self.line.word_right(out),
            b'd' => self.line.cut_word_after(out),
            8 | 127 => self.line.cut_word_before(out),
            _ => {}
        }
    }

    fn bracket_key(&mut self, byte: u8, out: &mut dyn Out) -> Result<(), NoMemory> {
        self.escape = Escape::None;
        match byte {
            b'0'..=b'9' => self.escape = Escape::Digits(byte, byte),
            b'A' => self.older(out)?,
            b'B' => self.newer(out)?,
            b'C' => self.line.right(out),
            b'D' => self.line.left(out),
            _ => self.end_key(byte, out),
        }
        Ok(())
    }

    /// The end of a sequence with numbers: `3~` is one key, `1;5C` another with Ctrl.
    fn digits_key(&mut self, byte: u8, out: &mut dyn Out) {
        let Escape::Digits(first, last) = core::mem::replace(&mut self.escape, Escape::None) else { return };
        match (byte, first, last) {
            (b'~', b'1' | b'7', _) => self.line.home(out),
            (b'~', b'4' | b'8', _) => self.line.end(out),
            (b'~', b'3', _) => self.line.delete(out),
            (b'C', _, b'5') => self.line.word_right(out),
            (b'D', _, b'5') => self.line.word_left(out),
            _ => self.end_key(byte, out),
        }
    }

    fn end_key(&mut self, byte: u8, out: &mut dyn Out) {
        match byte {
            b'H' => self.line.home(out),
            b'F' => self.line.end(out),
            _ => {}
        }
    }

    fn older(&mut self, out: &mut dyn Out) -> Result<(), NoMemory> {
        match self.history.older() {
            Some(line) => self.line.replace(line, out),
            None => Ok(()),
        }
    }

    fn newer(&mut self, out: &mut dyn Out) -> Result<(), NoMemory> {
        match self.history.newer() {
            Some(line) => self.line.replace(line, out),
            None => Ok(()),
        }
    }
}

/// How far to indent the line after these, in steps of four spaces. Two lines of spaces end what was indented.
fn levels(before: &[u8]) -> usize {
    let before = before.strip_suffix(b"\n").unwrap_or(before);
    let mut lines = before.rsplit(|byte| *byte == b'\n');
    let spaces = |line: &[u8]| line.iter().take_while(|byte| **byte == b' ').count();
    let last = lines.next().unwrap_or(&[]);
    let above = lines.next();
    let blank = |line: &[u8]| spaces(line) == line.len();
    if blank(last) && above.is_none_or(blank) {
        return 0;
    }
    spaces(last) / 4 + usize::from(last.last() == Some(&b':'))
}
