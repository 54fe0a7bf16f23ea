//! Parameters, type parameters, call arguments.

use super::ast::{Arg, CompKind, ExprKind, List, Param, ParamKind, TypeParam, TypeParamKind};
use super::parser::{Parsed, Parser};
use crate::text::error::SyntaxError;
use crate::text::token::Kind;

/// Where parameters stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// In a `def`, with annotations, up to `)`.
    Def,
    /// In a `lambda`, up to `:`.
    Lambda,
}

impl Parser<'_, '_> {
    /// Parameters up to the token that ends them, which stays.
    pub(super) fn params(&mut self, style: Style) -> Parsed<List<Param>> {
        let end = match style {
            Style::Def => Kind::RParen,
            Style::Lambda => Kind::Colon,
        };
        let mark = self.mark::<Param>();
        // What a plain name is: keyword-only after a star.
        let mut plain = ParamKind::Plain;
        let mut slash_seen = false;
        while !self.at(end) {
            match self.here() {
                Kind::Slash => {
                    if slash_seen || plain != ParamKind::Plain || self.since::<Param>(mark).is_empty() {
                        return Err(self.unexpected());
                    }
                    slash_seen = true;
                    self.since_mut::<Param>(mark).iter_mut().for_each(|param| param.kind = ParamKind::PositionalOnly);
                    self.advance()?;
                }
                Kind::Star => {
                    if plain != ParamKind::Plain {
                        return Err(self.unexpected());
                    }
                    plain = ParamKind::KeywordOnly;
                    self.advance()?;
                    if self.at(Kind::Comma) {
                        // A lone star needs a name behind it.
                        if self.peek()? != Kind::Name {
                            return Err(self.unexpected());
                        }
                    } else if !self.at(Kind::RParen) {
                        // Upstream takes `def f(*)`, and its tests use it.
                        let param = self.param(ParamKind::Star, style)?;
                        self.push(param)?;
                    }
                }
                Kind::StarStar => {
                    self.advance()?;
                    let param = self.param(ParamKind::DoubleStar, style)?;
                    self.push(param)?;
                    self.eat(Kind::Comma)?;
                    break;
                }
                _ => {
                    let mut param = self.param(plain, style)?;
                    if self.eat(Kind::Equal)? {
                        param.default = Some(self.expression()?);
                    } else if plain == ParamKind::Plain
                        && self.since::<Param>(mark).last().is_some_and(|before| before.default.is_some())
                    {
                        return Err(SyntaxError::new(param.span, "non-default argument follows default argument"));
                    }
                    self.push(param)?;
                }
            }
            if !self.eat(Kind::Comma)? {
                break;
            }
        }
        self.list(mark)
    }

    fn param(&mut self, kind: ParamKind, style: Style) -> Parsed<Param> {
        let span = self.tok.span;
        let name = self.name()?;
        let annotation = if style == Style::Def && self.eat(Kind::Colon)? {
            let starred = kind == ParamKind::Star && self.at(Kind::Star);
            Some(if starred { self.starred()? } else { self.expression()? })
        } else {
            None
        };
        Ok(Param { kind, name, annotation, default: None, span })
    }

    /// `[T: bound = default, *Ts, **P]`, if there is one.
    pub(super) fn type_params(&mut self) -> Parsed<List<TypeParam>> {
        let mark = self.mark::<TypeParam>();
        if self.eat(Kind::LBracket)? {
            loop {
                let kind = match self.here() {
                    Kind::Star => TypeParamKind::TypeVarTuple,
                    Kind::StarStar => TypeParamKind::ParamSpec,
                    _ => TypeParamKind::TypeVar,
                };
                if kind != TypeParamKind::TypeVar {
                    self.advance()?;
                }
                let name = self.name()?;
                let plain = kind == TypeParamKind::TypeVar;
                let bound = if plain && self.eat(Kind::Colon)? { Some(self.expression()?) } else { None };
                let default = if !self.eat(Kind::Equal)? {
                    None
                } else if kind == TypeParamKind::TypeVarTuple && self.at(Kind::Star) {
                    Some(self.starred()?)
                } else {
                    Some(self.expression()?)
                };
                self.push(TypeParam { kind, name, bound, default })?;
                if !self.eat(Kind::Comma)? || self.at(Kind::RBracket) {
                    break;
                }
            }
            self.expect(Kind::RBracket)?;
        }
        self.list(mark)
    }

    /// Arguments from behind `(` to behind `)`.
    pub(super) fn args(&mut self) -> Parsed<List<Arg>> {
        let mark = self.mark::<Arg>();
        while !self.at(Kind::RParen) {
            let arg = self.arg(mark)?;
            self.push(arg)?;
            if !self.eat(Kind::Comma)? {
                break;
            }
        }
        self.expect(Kind::RParen)?;
        self.list(mark)
    }

    fn arg(&mut self, mark: usize) -> Parsed<Arg> {
        let span = self.tok.span;
        let after_double_star = self.since(mark).iter().any(|arg| matches!(arg, Arg::DoubleStar(_)));
        let arg = match self.here() {
            Kind::Star => {
                self.advance()?;
                if after_double_star {
                    return Err(SyntaxError::new(span, "* arg after **"));
                }
                return Ok(Arg::Star(self.expression()?));
            }
            Kind::StarStar => {
                self.advance()?;
                return Ok(Arg::DoubleStar(self.expression()?));
            }
            Kind::Name if self.peek()? == Kind::Equal => {
                let name = self.name()?;
                self.advance()?;
                return Ok(Arg::Keyword(name, self.expression()?));
            }
            _ => self.named()?,
        };
        if self.at(Kind::Equal) {
            let name = matches!(self.ast.kind(arg), ExprKind::Name(_));
            return Err(if name { self.unexpected() } else { self.error_at(arg, "LHS of keyword arg must be an id") });
        }
        if self.at_clause() {
            let generator = self.comprehension(CompKind::Generator, arg, arg, span)?;
            // Beside other arguments a generator needs parentheses of its own.
            let alone = self.since::<Arg>(mark).is_empty()
                && (self.at(Kind::RParen) || (self.at(Kind::Comma) && self.peek()? == Kind::RParen));
            return if alone { Ok(Arg::Positional(generator)) } else { Err(self.unexpected()) };
        }
        if after_double_star {
            return Err(SyntaxError::new(span, "positional arg after **"));
        }
        if self.since(mark).iter().any(|arg| matches!(arg, Arg::Keyword(..))) {
            return Err(SyntaxError::new(span, "positional arg after keyword arg"));
        }
        Ok(Arg::Positional(arg))
    }
}
