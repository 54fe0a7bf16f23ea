//! From lowered scopes to `Code`: names resolved, unreachable ops left out, labels numbered, bytes encoded.

use super::code::{Code, Flags, Kind, LocalInfo, Place};
use super::encode::{EncodeError, Kept, encode_with_rows};
use super::lower::{Item, Lower};
use super::op::{ChildId, Label, Local, Op, OpList};
use super::scope::{Node, Refers, Role, Scope, number};
use super::tables::Tables;
use crate::mem::{NoMemory, Vec};
use crate::q;
use crate::qstr::Qstr;
use crate::text::error::SyntaxError;

/// Makes the code of all scopes; the first is the module's.
pub fn finish(lower: &mut Lower<'_>) -> Result<Code, SyntaxError> {
    let n_scopes = lower.scopes.len();
    for at in 0..n_scopes {
        number(&mut lower.scopes, at).ok_or_else(super::too_long)?;
    }
    let kept = match lower.options.lines && lower.options.optimise < 3 {
        false => Kept::None,
        true if lower.options.is_for_file() => Kept::WithCode,
        true => Kept::All,
    };
    let mut codes: Vec<Code> = Vec::new();
    for at in 0..n_scopes {
        let Resolved { ops, columns, n_stack } = resolve(lower, at)?;
        let Some(scope) = lower.scopes.get_mut(at) else { break };
        let mut code = head(scope, n_stack)?;
        code.columns = columns;
        let ops = tidy(ops, scope.n_labels)?;
        // In a file assembler has nothing beside its machine code; here its function is called as any other is.
        if !code.kind.is_assembler() || !lower.options.is_for_file() {
            let (bytes, rows) = match encode_with_rows(&code, &ops, &mut lower.tables, kept) {
                Ok(encoded) => encoded,
                Err(EncodeError::NoMemory) => return Err(NoMemory.into()),
                Err(EncodeError::TooLong) => return Err(super::too_long()),
            };
            code.bytes = bytes;
            code.keep(rows);
        }
        if code.kind != Kind::Bytecode {
            code.ops = ops;
        }
        codes.push(code)?;
    }
    // Inner scopes come after outer ones, so each is complete when its parent takes it.
    for at in (0..n_scopes).rev() {
        let children = lower.scopes.get_mut(at).map(|scope| core::mem::take(&mut scope.children)).unwrap_or_default();
        for child in children {
            let child = codes.get_mut(child).map(core::mem::take).unwrap_or_default();
            if let Some(code) = codes.get_mut(at) {
                code.children.push(child)?;
            }
        }
    }
    Ok(codes.first_mut().map(core::mem::take).unwrap_or_default())
}

struct Resolved {
    ops: OpList,
    columns: Vec<(u32, u32)>,
    n_stack: i32,
}

/// Items to ops. Names enter the table here in the order of the code, unreachable code included, as upstream's do.
fn resolve(lower: &mut Lower<'_>, at: usize) -> Result<Resolved, SyntaxError> {
    let items = lower.scopes.get_mut(at).map(|scope| core::mem::take(&mut scope.items)).unwrap_or_default();
    let mut out = Out {
        tables: &mut lower.tables,
        ops: OpList::new(),
        columns: Vec::new(),
        count: 0,
        depth: 0,
        n_stack: 0,
        dead: false,
    };
    let Some(scope) = lower.scopes.get(at) else {
        return Ok(Resolved { ops: out.ops, columns: out.columns, n_stack: 0 });
    };
    out.tables.use_qstr(scope.name)?;
    // Parameters of assembler are registers: nothing is passed by name.
    if !scope.kind.is_assembler() {
        for name in arg_names(scope) {
            out.tables.use_qstr(name)?;
        }
    }
    let mut children: Vec<usize> = Vec::new();
    for &item in &items {
        match item {
            Item::Op(op) => out.op(op)?,
            Item::Load(name) => out.op(match place(scope, name) {
                Where::Name => Op::LoadName(name),
                Where::Global => Op::LoadGlobal(name),
                Where::Fast(local) => Op::LoadFast(local),
                Where::Cell(local) => Op::LoadDeref(local),
            })?,
            Item::Store(name) => out.op(match place(scope, name) {
                Where::Name => Op::StoreName(name),
                Where::Global => Op::StoreGlobal(name),
                Where::Fast(local) => Op::StoreFast(local),
                Where::Cell(local) => Op::StoreDeref(local),
            })?,
            Item::Delete(name) => out.op(match place(scope, name) {
                Where::Name => Op::DeleteName(name),
                Where::Global => Op::DeleteGlobal(name),
                Where::Fast(local) => Op::DeleteFast(local),
                Where::Cell(local) => Op::DeleteDeref(local),
            })?,
            Item::Make { scope: child_scope, defaults } => {
                let mut n_cells = 0usize;
                if let (false, Some(child)) = (scope.node == Node::Module, lower.scopes.get(child_scope as usize)) {
                    for id in scope.ids.iter().filter(|id| matches!(id.refers, Refers::Cell | Refers::Free)) {
                        if child.has_free(id.name) {
                            // Cells are passed as they are.
                            out.op(Op::LoadFast(Local(id.local)))?;
                            n_cells += 1;
                        }
                    }
                }
                children.push(child_scope as usize)?;
                let child = ChildId(children.len() as u32 - 1);
                let cells = u8::try_from(n_cells).map_err(|_| super::too_long())?;
                out.op(match (cells, defaults) {
                    (0, false) => Op::MakeFunction(child),
                    (0, true) => Op::MakeFunctionDefargs(child),
                    (cells, false) => Op::MakeClosure(child, cells),
                    (cells, true) => Op::MakeClosureDefargs(child, cells),
                })?;
            }
            #[cfg(feature = "diagnostics")]
            Item::Column(column) => out.columns.push((out.count, column))?,
            Item::Adjust(slots) => out.adjust(slots.into()),
            Item::ClassCell => {
                let id = scope.ids.iter().find(|id| id.name == q!("__class__") && id.refers != Refers::Local);
                out.op(id.map_or(Op::LoadNone, |id| Op::LoadFast(Local(id.local))))?;
            }
        }
    }
    let resolved = Resolved { ops: out.ops, columns: out.columns, n_stack: out.n_stack };
    if let Some(scope) = lower.scopes.get_mut(at) {
        scope.children = children;
    }
    Ok(resolved)
}

enum Where {
    Name,
    Global,
    Fast(Local),
    Cell(Local),
}

fn place(scope: &Scope, name: Qstr) -> Where {
    match scope.ids.iter().find(|id| id.name == name) {
        // What a class says of its `__class__` is an attribute; the cell of that name is for its methods.
        Some(_) if name == q!("__class__") && matches!(scope.node, Node::Class(_)) => Where::Name,
        None => Where::Name,
        Some(id) => match id.refers {
            Refers::Undecided | Refers::Implicit | Refers::ImplicitAssigned => Where::Name,
            Refers::Global => Where::Global,
            Refers::Local => Where::Fast(Local(id.local)),
            Refers::Cell | Refers::Free => Where::Cell(Local(id.local)),
        },
    }
}

struct Out<'a> {
    tables: &'a mut Tables,
    ops: OpList,
    columns: Vec<(u32, u32)>,
    /// Ops that are more than labels and lines.
    count: u32,
    depth: i32,
    n_stack: i32,
    /// Nothing comes here until the next label.
    dead: bool,
}

impl Out<'_> {
    fn op(&mut self, op: Op) -> Result<(), NoMemory> {
        self.adjust(op.effect());
        if let Some(name) = op.name() {
            self.tables.use_qstr(name)?;
        }
        self.dead &= !matches!(op, Op::Label(_));
        if !self.dead || matches!(op, Op::Line(_)) {
            self.ops.push(op)?;
            self.count += u32::from(!matches!(op, Op::Label(_) | Op::Line(_)));
        }
        self.dead |= op.ends_flow();
        Ok(())
    }

    /// The stack is counted in unreachable code too, as upstream does.
    fn adjust(&mut self, slots: i32) {
        self.depth += slots;
        self.n_stack = self.n_stack.max(self.depth);
    }
}

fn arg_names(scope: &Scope) -> impl Iterator<Item = Qstr> {
    (0..scope.n_pos_args + scope.n_kwonly_args).map(|arg| {
        let id = scope.ids.iter().find(|id| id.role != Role::None && id.local == arg && id.refers != Refers::Free);
        // Nothing can be passed by the name `*`.
        id.filter(|id| id.role != Role::Positional).map_or(q!("*"), |id| id.name)
    })
}

fn head(scope: &mut Scope, n_stack: i32) -> Result<Code, SyntaxError> {
    let mut code = Code {
        kind: scope.kind,
        name: scope.name,
        #[cfg(feature = "diagnostics")]
        qualname: scope.qualname,
        #[cfg(feature = "diagnostics")]
        doc: scope.doc.take(),
        flags: scope.flags,
        n_pos_args: scope.n_pos_args,
        n_kwonly_args: scope.n_kwonly_args,
        n_def_pos_args: scope.n_def_pos_args,
        n_exc_stack: scope.n_exc_stack,
        first_line: scope.first_line,
        ..Code::default()
    };
    if scope.is_function_like() {
        code.flags.add(Flags::FUNCTION);
    }
    let n_state = i32::from(scope.n_locals) + n_stack;
    code.n_state = u16::try_from(n_state.max(1)).map_err(|_| super::too_long())?;
    code.arg_names.extend(arg_names(scope))?;
    let empty = LocalInfo { name: Qstr::NULL, place: Place::Fast, is_param: false };
    code.locals.resize(scope.n_locals.into(), empty)?;
    for id in &scope.ids {
        let place = match id.refers {
            Refers::Local => Place::Fast,
            Refers::Cell => Place::Cell,
            Refers::Free => Place::Free,
            Refers::Undecided | Refers::Implicit | Refers::ImplicitAssigned | Refers::Global => continue,
        };
        if let (Node::Class(_), Place::Fast) = (scope.node, place) {
            continue;
        }
        if place == Place::Cell {
            code.cells.push(u8::try_from(id.local).map_err(|_| super::too_long())?)?;
        }
        if let Some(local) = code.locals.get_mut(usize::from(id.local)) {
            *local = LocalInfo { name: id.name, place, is_param: id.role != Role::None };
        }
    }
    // What a comprehension goes over has no name.
    for local in code.locals.iter_mut().take(code.n_pos_args.into()) {
        local.is_param |= local.place != Place::Free;
    }
    code.annotations = core::mem::take(&mut scope.annotations);
    code.asm = core::mem::take(&mut scope.asm);
    Ok(code)
}

/// Drops labels that nothing jumps to, makes one of those at the same place, numbers them by place.
fn tidy(ops: OpList, n_labels: u16) -> Result<OpList, NoMemory> {
    let mut used = Vec::new();
    used.resize(n_labels.into(), false)?;
    for op in &ops {
        if let Some(used) = op.target().and_then(|to| used.get_mut(usize::from(to.0))) {
            *used = true;
        }
    }
    let mut new = Vec::new();
    new.resize(n_labels.into(), Label(0))?;
    let mut out = OpList::with_capacity(ops.len())?;
    let (mut next, mut here) = (0, None);
    for &op in &ops {
        match op {
            Op::Label(label) => {
                if used.get(usize::from(label.0)) == Some(&true) {
                    let name = match here {
                        Some(name) => name,
                        None => {
                            let name = Label(next);
                            next += 1;
                            out.push(Op::Label(name))?;
                            here = Some(name);
                            name
                        }
                    };
                    if let Some(new) = new.get_mut(usize::from(label.0)) {
                        *new = name;
                    }
                }
            }
            Op::Line(_) => out.push(op)?,
            _ => {
                out.push(op)?;
                here = None;
            }
        }
    }
    for op in &mut out {
        if let Some(to) = op.target_mut()
            && let Some(new) = new.get(usize::from(to.0))
        {
            *to = *new;
        }
    }
    Ok(out)
}
