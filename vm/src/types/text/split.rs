//! split, rsplit, splitlines, join: texts from and to lists.

use super::{Fill, Kind, Text};
use crate::Vm;
use crate::q;
use crate::text::unicode::{self, is_space};
use crate::types::list::List;
use crate::types::str::{arg, find};
use crate::types::tuple;
use crate::value::{Args, Gc, GcVec, Obj, Res};

/// `split(sep=None, maxsplit=-1)`
pub(super) fn split(vm: &mut Vm, args: Args<'_>) -> Res {
    let (this, separator, max) = split_args(vm, args)?;
    let pieces = GcVec::new();
    match separator {
        None => split_space(vm, &this, max, &pieces)?,
        Some(separator) => {
            let mut from = 0;
            let mut left = max;
            while left > 0
                && let Some(at) = find::find(this.bytes.get(from..).unwrap_or(&[]), separator)
            {
                add(vm, &this, &pieces, from, from + at)?;
                from += at + separator.len();
                left -= 1;
            }
            add(vm, &this, &pieces, from, this.bytes.len())?;
        }
    }
    into_list(vm, pieces)
}

/// `rsplit(sep=None, maxsplit=-1)`
pub(super) fn rsplit(vm: &mut Vm, args: Args<'_>) -> Res {
    let (this, separator, max) = split_args(vm, args)?;
    let pieces = GcVec::new();
    let mut end = this.bytes.len();
    let mut left = max;
    match separator {
        None => {
            let spaces = Spaces::new(&this);
            end = spaces.trim_end(end);
            while left > 0 && end > 0 {
                let start = spaces.behind_last(end);
                add(vm, &this, &pieces, start, end)?;
                end = spaces.trim_end(start);
                left -= 1;
            }
            if end > 0 {
                add(vm, &this, &pieces, 0, end)?;
            }
        }
        Some(separator) => {
            while left > 0
                && let Some(at) = find::rfind(this.bytes.get(..end).unwrap_or(&[]), separator)
            {
                add(vm, &this, &pieces, at + separator.len(), end)?;
                end = at;
                left -= 1;
            }
            add(vm, &this, &pieces, 0, end)?;
        }
    }
    pieces.reverse();
    into_list(vm, pieces)
}

/// Self, the separator (`None`: white space) and the most splits.
fn split_args<'a>(vm: &mut Vm, args: Args<'_>) -> Res<(Text<'a>, Option<&'a [u8]>, usize)> {
    let [this, rest @ ..] = args.pos else { return Err(vm.type_error(format_args!("argument needed"))) };
    let mut values = [Obj::NONE, Obj::small_wrapping(-1)];
    vm.bind_args(Args { pos: rest, kw: args.kw }, &[q!("sep"), q!("maxsplit")], 2, &mut values)?;
    let this = Text::this(vm, *this)?;
    let max = usize::try_from(arg::int(vm, values[1])?).unwrap_or(usize::MAX);
    if values[0].is_none() {
        return Ok((this, None, max));
    }
    let separator = this.partner(vm, values[0])?;
    if separator.is_empty() {
        return Err(vm.value_error(format_args!("empty separator")));
    }
    Ok((this, Some(separator), max))
}

fn split_space(vm: &mut Vm, this: &Text<'_>, max: usize, pieces: &GcVec<Obj>) -> Res<()> {
    let spaces = Spaces::new(this);
    let bytes = this.bytes;
    let word_at = |from: usize| spaces.find(from, Until::Word);
    let space_at = |from: usize| spaces.find(from, Until::Space);
    let mut left = max;
    let mut next = word_at(0);
    while let Some(start) = next {
        let end = if left == 0 { bytes.len() } else { space_at(start).unwrap_or(bytes.len()) };
        add(vm, this, pieces, start, end)?;
        next = word_at(end);
        left = left.saturating_sub(1);
    }
    Ok(())
}

/// Where white space is in a text. Bytes know that of ASCII only, and no separators.
struct Spaces<'a> {
    bytes: &'a [u8],
    /// A str that is not all ASCII; else empty.
    wide: &'a str,
    flat: fn(&u8) -> bool,
}

/// What is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Until {
    Word,
    Space,
}

impl<'a> Spaces<'a> {
    fn new(this: &Text<'a>) -> Spaces<'a> {
        let wide = if this.is_flat() { "" } else { this.as_str() };
        let flat: fn(&u8) -> bool = match this.kind {
            Kind::Str => |byte| is_space(char::from(*byte)),
            Kind::Bytes | Kind::ByteArray => |byte| find::is_space(*byte),
        };
        Spaces { bytes: this.bytes, wide, flat }
    }

    /// The next place from `from` on.
    fn find(&self, from: usize, until: Until) -> Option<usize> {
        let at = if self.wide.is_empty() {
            self.bytes.get(from..)?.iter().position(|byte| (self.flat)(byte) == (until == Until::Space))
        } else {
            self.wide.get(from..)?.find(|c| is_space(c) == (until == Until::Space))
        };
        at.map(|at| from + at)
    }

    /// Behind the last white space before `end`; 0 if there is none.
    fn behind_last(&self, end: usize) -> usize {
        if self.wide.is_empty() {
            let last = self.bytes.get(..end).and_then(|bytes| bytes.iter().rposition(self.flat));
            return last.map_or(0, |at| at + 1);
        }
        let last = self.wide.get(..end).and_then(|text| text.char_indices().rfind(|(_, c)| is_space(*c)));
        last.map_or(0, |(at, space)| at + space.len_utf8())
    }

    /// Where the text before `end` ends without white space.
    fn trim_end(&self, end: usize) -> usize {
        if self.wide.is_empty() {
            let bytes = self.bytes.get(..end).unwrap_or(&[]);
            return bytes.iter().rposition(|byte| !(self.flat)(byte)).map_or(0, |at| at + 1);
        }
        self.wide.get(..end).map_or(0, |text| text.trim_end_matches(is_space).len())
    }
}

fn add(vm: &mut Vm, this: &Text<'_>, pieces: &GcVec<Obj>, from: usize, to: usize) -> Res<()> {
    let piece = this.like(vm, this.bytes.get(from..to).unwrap_or(&[]))?;
    pieces.push(vm, piece)
}

fn into_list(vm: &mut Vm, items: GcVec<Obj>) -> Res {
    Ok(Gc::alloc(vm, List { items })?.obj())
}

/// `splitlines(keepends=False)`
pub(super) fn splitlines(vm: &mut Vm, args: Args<'_>) -> Res {
    let [this, rest @ ..] = args.pos else { return Ok(Obj::NULL) };
    let mut values = [Obj::FALSE];
    vm.bind_args(Args { pos: rest, kw: args.kw }, &[q!("keepends")], 1, &mut values)?;
    let this = Text::this(vm, *this)?;
    let keep = arg::int(vm, values[0])? != 0;
    let text = this.as_str();
    let pieces = GcVec::new();
    let mut from = 0;
    while from < this.bytes.len() {
        let rest = this.bytes.get(from..).unwrap_or(&[]);
        let end = match this.kind {
            Kind::Str => text.get(from..).unwrap_or("").find(unicode::ends_line),
            Kind::Bytes | Kind::ByteArray => rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')),
        };
        let end = end.unwrap_or(rest.len());
        let mark = match rest.get(end..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([0xc2, ..]) => 2,
            Some([0xe2, ..]) => 3,
            Some([_, ..]) => 1,
            Some([]) | None => 0,
        };
        add(vm, &this, &pieces, from, from + end + if keep { mark } else { 0 })?;
        from += end + mark;
    }
    into_list(vm, pieces)
}

/// `join(iterable)`
pub(super) fn join(vm: &mut Vm, this: Obj, iterable: Obj) -> Res {
    let this = Text::this(vm, this)?;
    let collected = GcVec::new();
    let items = if let Some(items) = tuple::items(iterable) {
        items
    } else if let Some(list) = Gc::<List>::exact(iterable) {
        list.items.slice()
    } else {
        let iter = vm.iter(iterable)?;
        while let Some(item) = vm.next(iter)?.non_null() {
            collected.push(vm, item)?;
        }
        collected.slice()
    };
    let (mut len, mut chars) = (0usize, 0usize);
    for (at, item) in items.iter().enumerate() {
        let (bytes, items) = joinable(vm, &this, *item)?;
        if at > 0 {
            (len, chars) = (len.saturating_add(this.bytes.len()), chars + this.len);
        }
        (len, chars) = (len.saturating_add(bytes.len()), chars + items);
    }
    if let ([only], Kind::Str) = (items, this.kind) {
        return Ok(arg::plain(*only));
    }
    if len == 0 {
        return this.like(vm, b"");
    }
    let mut joined = Fill::new(vm, this.kind, len, chars)?;
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            joined.push(vm, this.bytes)?;
        }
        let (bytes, _) = joinable(vm, &this, *item)?;
        joined.push(vm, bytes)?;
    }
    joined.finish(vm)
}

/// The bytes of an item to be joined, and how many characters or bytes it has.
fn joinable<'a>(vm: &mut Vm, this: &Text<'_>, item: Obj) -> Res<(&'a [u8], usize)> {
    match Text::of(vm, arg::plain(item)) {
        Some(item) if (item.kind == Kind::Str) == (this.kind == Kind::Str) => return Ok((item.bytes, item.len)),
        None if this.kind != Kind::Str => {
            if let Some(buffer) = vm.buffer_of(item, false)? {
                return Ok((buffer.bytes(), buffer.len()));
            }
        }
        Some(_) | None => {}
    }
    Err(vm.type_error(format_args!("join expects a list of str/bytes objects consistent with self object")))
}
