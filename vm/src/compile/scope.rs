//! Names of a scope and what they refer to. Rules and order of locals are upstream's.

use super::code::{Annotation, AsmLine, Flags, Kind};
use crate::mem::{NoMemory, Vec};
use crate::q;
use crate::qstr::Qstr;
use crate::syntax::ast::{ClassId, CompId, DefId, ExprId, StmtId};
use crate::text::source::Span;

/// What a name refers to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refers {
    /// Just seen in a declaration.
    Undecided,
    /// Global unless an outer function has it.
    Implicit,
    /// The same, and assigned here, so no inner function may close over it.
    ImplicitAssigned,
    /// Global.
    Global,
    /// A local that only this scope uses.
    Local,
    /// A local that inner scopes use.
    Cell,
    /// A local of an outer scope.
    Free,
}

/// What a name is as a parameter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// Not a parameter.
    None,
    /// Only by position.
    Positional,
    /// By position or name, or only by name.
    Plain,
    /// `*args`
    Star,
    /// `**kwargs`
    DoubleStar,
}

/// One name.
#[derive(Clone, Copy, Debug)]
pub struct Id {
    /// The name.
    pub name: Qstr,
    /// What it refers to.
    pub refers: Refers,
    /// What it is as a parameter.
    pub role: Role,
    /// The number of the local.
    pub local: u16,
}

/// What a scope belongs to.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Node {
    /// The whole text.
    Module,
    /// A class body.
    Class(ClassId),
    /// A function.
    Function(DefId),
    /// A lambda.
    Lambda(ExprId),
    /// The annotations of a function, evaluated when they are asked for.
    Annotations(DefId),
    /// A comprehension or generator expression; the expression gives its place.
    Comp(CompId, ExprId),
    /// The type parameters of what it makes: a function, a class or a `type` statement.
    Generic(Generic),
    /// An expression evaluated when it is asked for: a bound, a default or the value of a type alias.
    Lazy(ExprId),
}

/// What has type parameters.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Generic {
    /// A function.
    Def(DefId),
    /// A class.
    Class(ClassId),
    /// A `type` statement.
    Alias(StmtId),
}

/// One scope.
pub struct Scope {
    /// What it belongs to.
    pub node: Node,
    /// The scope around it.
    pub parent: Option<usize>,
    /// How its body is to run.
    pub kind: Kind,
    /// Name of its code.
    pub name: Qstr,
    /// Its name with those of what it stands in.
    #[cfg(feature = "diagnostics")]
    pub qualname: Qstr,
    /// The class whose name is put before private names.
    pub private: Option<Qstr>,
    /// Names declared global.
    pub declared: Vec<Qstr>,
    /// Docstring of a function.
    #[cfg(feature = "diagnostics")]
    pub doc: Option<Vec<u8>>,
    /// Names, parameters first.
    pub ids: Vec<Id>,
    /// Flags of its code.
    pub flags: Flags,
    /// Positional arguments; cells of outer functions count in the end.
    pub n_pos_args: u16,
    /// Keyword-only arguments.
    pub n_kwonly_args: u16,
    /// Positional arguments with a default.
    pub n_def_pos_args: u16,
    /// Locals of all sorts.
    pub n_locals: u16,
    /// Deepest nesting of handlers.
    pub n_exc_stack: u16,
    /// Source line of its start.
    pub first_line: u32,
    /// What was lowered.
    pub items: Vec<super::lower::Item>,
    /// Labels in `items`.
    pub n_labels: u16,
    /// Scopes whose functions it makes, in the order it makes them.
    pub children: Vec<usize>,
    /// A `return` with a value.
    pub returns_value: Option<Span>,
    /// Annotations of a function.
    pub annotations: Vec<Annotation>,
    /// Body of an inline assembler function.
    pub asm: Vec<AsmLine>,
}

impl Scope {
    /// `__qualname__`; the name alone where no more is kept.
    pub fn qualname(&self) -> Qstr {
        #[cfg(feature = "diagnostics")]
        return self.qualname;
        #[cfg(not(feature = "diagnostics"))]
        self.name
    }

    /// An empty scope.
    pub fn new(node: Node, parent: Option<usize>, kind: Kind, name: Qstr) -> Scope {
        Scope {
            node,
            parent,
            kind,
            name,
            #[cfg(feature = "diagnostics")]
            qualname: name,
            private: None,
            declared: Vec::new(),
            #[cfg(feature = "diagnostics")]
            doc: None,
            ids: Vec::new(),
            flags: Flags::default(),
            n_pos_args: 0,
            n_kwonly_args: 0,
            n_def_pos_args: 0,
            n_locals: 0,
            n_exc_stack: 0,
            first_line: 1,
            items: Vec::new(),
            n_labels: 0,
            children: Vec::new(),
            returns_value: None,
            annotations: Vec::new(),
            asm: Vec::new(),
        }
    }

    /// Functions, lambdas and comprehensions have locals; modules and classes have namespaces.
    pub fn is_function_like(&self) -> bool {
        match self.node {
            Node::Module | Node::Class(_) => false,
            Node::Function(_)
            | Node::Lambda(_)
            | Node::Annotations(_)
            | Node::Comp(..)
            | Node::Generic(_)
            | Node::Lazy(_) => true,
        }
    }

    /// The entry of `name`.
    pub fn find(&mut self, name: Qstr) -> Option<&mut Id> {
        self.ids.iter_mut().find(|id| id.name == name)
    }

    /// What `name` refers to, if it is known.
    pub fn refers(&self, name: Qstr) -> Option<Refers> {
        self.ids.iter().find(|id| id.name == name).map(|id| id.refers)
    }

    /// Adds `name` unless it is known; says what it refers to now.
    pub fn add(&mut self, name: Qstr, refers: Refers) -> Result<Refers, NoMemory> {
        if let Some(id) = self.find(name) {
            return Ok(id.refers);
        }
        self.ids.push(Id { name, refers, role: Role::None, local: 0 })?;
        Ok(refers)
    }

    /// Whether a name that refers to this is only the scope's own: what a class binds is not seen by what is inside.
    fn keeps(&self, refers: Refers) -> bool {
        let named = matches!(refers, Refers::Implicit | Refers::ImplicitAssigned | Refers::Global);
        named && matches!(self.node, Node::Class(_))
    }

    /// Whether `name` is given to this scope, or through it.
    pub fn has_free(&self, name: Qstr) -> bool {
        self.ids.iter().any(|id| id.name == name && id.refers == Refers::Free)
    }

    /// Sets what a known name refers to.
    pub fn set(&mut self, name: Qstr, refers: Refers) {
        if let Some(id) = self.find(name) {
            id.refers = refers;
        }
    }

    /// Notes that `name` is assigned or deleted here; says what it refers to now.
    pub fn assigned(&mut self, name: Qstr) -> Result<Refers, NoMemory> {
        let refers = self.add(name, Refers::Implicit)?;
        if refers != Refers::Implicit {
            return Ok(refers);
        }
        let refers = if self.is_function_like() { Refers::Local } else { Refers::ImplicitAssigned };
        self.set(name, refers);
        Ok(refers)
    }
}

/// Makes an implicit name of scope `at` free if an outer function has it.
pub fn close_over(scopes: &mut [Scope], at: usize, name: Qstr) -> Result<(), NoMemory> {
    let Some(first) = scopes.get(at).and_then(|scope| scope.parent) else { return Ok(()) };
    let mut outer = first;
    let found = loop {
        let Some(scope) = scopes.get(outer) else { return Ok(()) };
        let Some(parent) = scope.parent else { return Ok(()) };
        if let Some(refers) = scope.refers(name).filter(|refers| *refers != Refers::Undecided && !scope.keeps(*refers))
        {
            break refers;
        }
        outer = parent;
    };
    if !matches!(found, Refers::Local | Refers::Cell | Refers::Free) {
        return Ok(());
    }
    if let Some(scope) = scopes.get_mut(at) {
        scope.set(name, Refers::Free);
    }
    let mut outer = Some(first);
    while let Some(scope) = outer.and_then(|outer| scopes.get_mut(outer)) {
        match scope.add(name, Refers::Undecided)? {
            refers if scope.keeps(refers) => {
                if scope.has_free(name) {
                    return Ok(());
                }
                // Behind the entry of the class's own, for what is inside.
                scope.ids.push(Id { name, refers: Refers::Free, role: Role::None, local: 0 })?;
            }
            Refers::Undecided => scope.set(name, Refers::Free),
            Refers::Local => {
                scope.set(name, Refers::Cell);
                return Ok(());
            }
            Refers::Cell | Refers::Free | Refers::Implicit | Refers::ImplicitAssigned | Refers::Global => return Ok(()),
        }
        outer = scope.parent;
    }
    Ok(())
}

/// Numbers the locals of scope `at`, whose outer scopes are numbered already. None if there are too many.
pub fn number(scopes: &mut [Scope], at: usize) -> Option<()> {
    let (outer, rest) = scopes.split_at_mut(at);
    let Some(scope) = rest.first_mut() else { return Some(()) };
    let is_class = matches!(scope.node, Node::Class(_));
    let function_like = scope.is_function_like();
    move_star_last(scope);
    let mut next = 0u16;
    for id in &mut scope.ids {
        // `__class__` of a class is a local only when a method uses it.
        if is_class && id.name == q!("__class__") {
            continue;
        }
        if function_like && id.refers == Refers::Implicit {
            id.refers = Refers::Global;
        }
        if id.refers == Refers::Local || id.role != Role::None {
            id.local = next;
            next = next.checked_add(1)?;
        }
    }
    for id in scope.ids.iter_mut().filter(|id| id.refers == Refers::Cell && id.role == Role::None) {
        id.local = next;
        next = next.checked_add(1)?;
    }
    let mut n_free = 0u16;
    if let Some(parent) = scope.parent.and_then(|parent| outer.get(parent)) {
        for id in parent.ids.iter().filter(|id| matches!(id.refers, Refers::Cell | Refers::Free)) {
            for own in scope.ids.iter_mut().filter(|own| own.refers == Refers::Free && own.name == id.name) {
                own.local = n_free;
                n_free = n_free.checked_add(1)?;
            }
        }
    }
    // No local's number reaches the count of them all, so what is added to below stays in range.
    scope.n_locals = next.checked_add(n_free)?;
    for id in scope.ids.iter_mut().filter(|id| id.refers != Refers::Free) {
        id.local += n_free;
    }
    scope.n_pos_args += n_free;
    Some(())
}

/// `*args` is stored behind all parameters but `**kwargs`, because a call fills the others first.
fn move_star_last(scope: &mut Scope) {
    if !scope.flags.has(Flags::VAR_ARGS) {
        return;
    }
    let star = scope.ids.iter().position(|id| id.role == Role::Star);
    let last = scope.ids.iter().rposition(|id| matches!(id.role, Role::Plain | Role::Positional));
    if let (Some(star), Some(last)) = (star, last)
        && star < last
    {
        scope.ids.swap(star, last);
    }
}
