//! Parser: the state all grammar files share, and the ways in.

use super::ast::{Ast, Expr, ExprId, ExprKind, Item, List, Root, Side, Stmt, StmtId, StmtKind};
use crate::mem::Vec;
use crate::q;
use crate::qstr::{Pool, Qstr};
use crate::text::error::{ErrorKind, INVALID, SyntaxError, either};
use crate::text::lexer::Lexer;
use crate::text::source::{Source, Span};
use crate::text::token::{Kind, Token};

/// What a text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// A whole file.
    File,
    /// One statement typed at a prompt.
    Single,
    /// An expression.
    Eval,
}

/// How deep a program may nest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Levels of recursion in the parser; a pair of brackets takes two, a block one.
    pub nesting: u16,
    /// Height of an expression, long chains of calls and attributes included. What stands left of an operator counts for
    /// nothing: sums of any length are walked along, not down.
    pub height: u16,
}

impl Limits {
    /// For stacks of megabytes.
    pub const HOST: Limits = Limits { nesting: 400, height: 1200 };
    /// For stacks of some kilobytes.
    pub const BOARD: Limits = Limits { nesting: 40, height: 80 };
}

/// Parses a text. Equal names get equal numbers from `pool`.
pub fn parse(source: Source<'_>, mode: Mode, limits: Limits, pool: &mut Pool) -> Result<Ast, SyntaxError> {
    let mut parser = parser(source, mode, limits, pool);
    match parser.whole(mode) {
        Ok(root) => {
            parser.ast.set_root(root);
            Ok(parser.ast)
        }
        #[cfg(feature = "diagnostics")]
        Err(error) => Err(parser.explain(error)),
        #[cfg(not(feature = "diagnostics"))]
        Err(error) => Err(error),
    }
}

/// A lexer for a whole text.
pub(super) fn lexer(source: Source<'_>, mode: Mode) -> Lexer<'_> {
    match mode {
        Mode::File | Mode::Single => Lexer::new(source),
        Mode::Eval => Lexer::within(source, source.first()),
    }
}

/// A parser before its first token.
pub(super) fn parser<'a, 'p>(source: Source<'a>, mode: Mode, limits: Limits, pool: &'p mut Pool) -> Parser<'a, 'p> {
    Parser {
        source,
        lexer: lexer(source, mode),
        pool,
        limits,
        tok: Token { kind: Kind::Newline, span: Span::default() },
        ahead: None,
        last: Span::default(),
        ast: Ast::new(),
        heights: Vec::new(),
        lists: Side::default(),
        depth: 0,
        walruses: 0,
        #[cfg(feature = "diagnostics")]
        mode,
        #[cfg(feature = "diagnostics")]
        operand: None,
    }
}

pub(super) type Parsed<T> = Result<T, SyntaxError>;

/// The state of parsing. The grammar is spread over the files beside this one.
pub(super) struct Parser<'a, 'p> {
    pub(super) source: Source<'a>,
    pub(super) lexer: Lexer<'a>,
    pub(super) pool: &'p mut Pool,
    pub(super) limits: Limits,
    /// The token to look at.
    pub(super) tok: Token,
    /// The one behind it, if someone looked.
    pub(super) ahead: Option<Token>,
    /// The place of the token before.
    pub(super) last: Span,
    pub(super) ast: Ast,
    /// Height of each expression.
    heights: Vec<u16>,
    /// Lists under construction, one stack per item type.
    lists: Side,
    depth: u16,
    /// Assignment expressions so far.
    pub(super) walruses: u32,
    #[cfg(feature = "diagnostics")]
    pub(super) mode: Mode,
    /// The last operand of the lowest operator, for hints about what follows it.
    #[cfg(feature = "diagnostics")]
    pub(super) operand: Option<(ExprId, Span)>,
}

impl Parser<'_, '_> {
    /// Parses everything.
    pub(super) fn whole(&mut self, mode: Mode) -> Parsed<Root> {
        self.advance()?;
        let root = match mode {
            Mode::File => self.file()?,
            Mode::Single => self.single()?,
            Mode::Eval => Root::Expr(self.expressions()?),
        };
        while self.eat(Kind::Newline)? {}
        if self.at(Kind::End) { Ok(root) } else { Err(self.unexpected()) }
    }

    /// The token is of this kind.
    #[inline]
    pub(super) fn at(&self, kind: Kind) -> bool {
        self.tok.kind == kind
    }

    /// Kind of the token.
    #[inline]
    pub(super) fn here(&self) -> Kind {
        self.tok.kind
    }

    /// Steps to the next token, returns the one stepped over.
    pub(super) fn advance(&mut self) -> Parsed<Token> {
        let next = match self.ahead.take() {
            Some(token) => token,
            None => self.lexer.read()?,
        };
        self.last = self.tok.span;
        Ok(core::mem::replace(&mut self.tok, next))
    }

    /// Steps over a token if it is of this kind.
    pub(super) fn eat(&mut self, kind: Kind) -> Parsed<bool> {
        let found = self.at(kind);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    /// Steps over a token that must be of this kind.
    pub(super) fn expect(&mut self, kind: Kind) -> Parsed<Token> {
        if self.at(kind) { self.advance() } else { Err(self.unexpected()) }
    }

    /// As `expect`; says `message` where there is room for it.
    pub(super) fn demand(&mut self, kind: Kind, message: &'static str) -> Parsed<Token> {
        if self.at(kind) { self.advance() } else { Err(self.refused(message)) }
    }

    /// The token cannot stand here, for this reason.
    #[cold]
    pub(super) fn refused(&self, reason: &'static str) -> SyntaxError {
        match self.tok.kind {
            Kind::Indent => self.unexpected(),
            _ => SyntaxError::new(self.tok.span, either(reason, INVALID)),
        }
    }

    /// Kind of the token after this one.
    pub(super) fn peek(&mut self) -> Parsed<Kind> {
        let token = match self.ahead {
            Some(token) => token,
            None => self.lexer.read()?,
        };
        self.ahead = Some(token);
        Ok(token.kind)
    }

    /// A second lexer that starts at the token, to look further ahead.
    pub(super) fn scout(&self) -> Lexer<'_> {
        Lexer::within(self.source, self.tok.span.start as usize)
    }

    /// The token cannot stand here.
    #[cold]
    pub(super) fn unexpected(&self) -> SyntaxError {
        match self.tok.kind {
            Kind::Indent => SyntaxError::of(ErrorKind::Indentation, self.tok.span, "unexpected indent"),
            Kind::Dedent if cfg!(feature = "diagnostics") => {
                SyntaxError::of(ErrorKind::Indentation, self.tok.span, "unexpected unindent")
            }
            _ => SyntaxError::new(self.tok.span, INVALID),
        }
    }

    /// An error at an expression.
    #[cold]
    pub(super) fn error_at(&self, id: ExprId, message: &'static str) -> SyntaxError {
        SyntaxError::new(self.ast.expr(id).span, message)
    }

    /// A name, interned.
    pub(super) fn name(&mut self) -> Parsed<Qstr> {
        let token = self.expect(Kind::Name)?;
        Ok(self.pool.intern(self.source.slice(token.span))?)
    }

    /// A name that gets a value.
    pub(super) fn bound_name(&mut self) -> Parsed<Qstr> {
        let span = self.tok.span;
        let name = self.name()?;
        self.check_name(name, span)?;
        Ok(name)
    }

    /// `__debug__` is a constant.
    pub(super) fn check_name(&self, name: Qstr, span: Span) -> Parsed<()> {
        if name == q!("__debug__") { Err(SyntaxError::new(span, "cannot assign to __debug__")) } else { Ok(()) }
    }

    /// The token is this soft keyword.
    pub(super) fn at_word(&self, word: &str) -> bool {
        self.at(Kind::Name) && self.source.slice(self.tok.span) == word
    }

    /// One level deeper; pairs with `leave`, except where an error ends everything.
    pub(super) fn enter(&mut self) -> Parsed<()> {
        self.depth += 1;
        if self.depth > self.limits.nesting { Err(self.too_deep()) } else { Ok(()) }
    }

    /// One level back.
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    #[cold]
    fn too_deep(&self) -> SyntaxError {
        SyntaxError::of(ErrorKind::Recursion, self.tok.span, "maximum recursion depth exceeded")
    }

    /// Adds an expression that starts at `start` and ends with the last token.
    pub(super) fn expr(&mut self, kind: ExprKind, start: Span) -> Parsed<ExprId> {
        let (ast, heights) = (&self.ast, &self.heights);
        let height_of = |child: ExprId| heights.get(child.index()).copied().unwrap_or(0);
        let mut height = 0;
        match kind {
            ExprKind::Binary { left, right, .. } => height = height_of(left).max(height_of(right) + 1),
            _ => {
                ast.each_child(kind, &mut |child| height = height_of(child).max(height));
                height += 1;
            }
        }
        if height > self.limits.height {
            return Err(self.too_deep());
        }
        self.heights.push(height)?;
        Ok(self.ast.add_expr(Expr { kind, span: start.to(self.last) })?)
    }

    /// Adds a statement that starts at `start` and ends with the last token.
    pub(super) fn stmt(&mut self, kind: StmtKind, start: Span) -> Parsed<StmtId> {
        Ok(self.ast.add_stmt(Stmt { kind, span: start.to(self.last) })?)
    }

    /// Where a new list of this type starts.
    pub(super) fn mark<T: Item>(&self) -> usize {
        T::side(&self.lists).len()
    }

    /// Adds an item to the innermost list of this type.
    pub(super) fn push<T: Item>(&mut self, item: T) -> Parsed<()> {
        Ok(T::side_mut(&mut self.lists).push(item)?)
    }

    /// Items since `mark`.
    pub(super) fn since<T: Item>(&self, mark: usize) -> &[T] {
        T::side(&self.lists).get(mark..).unwrap_or(&[])
    }

    /// Items since `mark`, to change.
    pub(super) fn since_mut<T: Item>(&mut self, mark: usize) -> &mut [T] {
        T::side_mut(&mut self.lists).get_mut(mark..).unwrap_or(&mut [])
    }

    /// Drops the last item.
    pub(super) fn pop<T: Item>(&mut self) {
        T::side_mut(&mut self.lists).pop();
    }

    /// Moves the items since `mark` into the tree.
    pub(super) fn list<T: Item>(&mut self, mark: usize) -> Parsed<List<T>> {
        let list = self.ast.add_list(T::side(&self.lists).get(mark..).unwrap_or(&[]))?;
        T::side_mut(&mut self.lists).truncate(mark);
        Ok(list)
    }

    fn file(&mut self) -> Parsed<Root> {
        let mark = self.mark::<StmtId>();
        while !self.at(Kind::End) {
            if !self.eat(Kind::Newline)? {
                self.statement()?;
            }
        }
        Ok(Root::Body(self.list(mark)?))
    }

    fn single(&mut self) -> Parsed<Root> {
        let mark = self.mark::<StmtId>();
        if self.at(Kind::End) && self.source.bytes().trim_ascii_start().starts_with(b"\\") {
            // A backslash at the end joins the line with nothing.
            return Err(self.unexpected());
        }
        if !self.at(Kind::End) && !self.eat(Kind::Newline)? {
            self.statement()?;
        }
        Ok(Root::Body(self.list(mark)?))
    }
}
