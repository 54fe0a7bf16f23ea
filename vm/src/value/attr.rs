//! Attributes: where they are looked for, and how functions become methods.

use super::{Args, Builtin, Flags, Gc, Obj, Res, Rom, TypeRef};
use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::boundmethod::BoundMethod;
use crate::types::class::{self, Found};
use crate::types::{classmethod, exception, instance, member, property, staticmethod};

/// What a method call needs: the function, and what to pass before the arguments (`Obj::NULL`: nothing).
#[derive(Clone, Copy)]
pub struct Method {
    /// What to call.
    pub function: Obj,
    /// The first argument, or `Obj::NULL`.
    pub this: Obj,
}

impl Vm {
    /// `obj.name`
    pub fn get_attr(&mut self, obj: Obj, name: Qstr) -> Res {
        let value = self.find_attr(obj, name)?;
        if value.is_null() { Err(self.no_attribute(obj, name)) } else { Ok(value) }
    }

    /// `obj.name`, or `Obj::NULL` if there is no such attribute.
    pub fn find_attr(&mut self, obj: Obj, name: Qstr) -> Res {
        let method = self.find_method(obj, name)?;
        self.bound(method)
    }

    /// A method taken apart, as one value.
    pub fn bound(&mut self, method: Method) -> Res {
        if method.this.is_null() {
            return Ok(method.function);
        }
        Ok(Gc::alloc(self, BoundMethod { function: method.function, this: method.this })?.obj())
    }

    /// `obj.name` for a call: a method is not bound but taken apart.
    pub fn get_method(&mut self, obj: Obj, name: Qstr) -> Res<Method> {
        let method = self.find_method(obj, name)?;
        if method.function.is_null() { Err(self.no_attribute(obj, name)) } else { Ok(method) }
    }

    /// As `get_method`; `function` is `Obj::NULL` if there is no such attribute.
    pub fn find_method(&mut self, obj: Obj, name: Qstr) -> Res<Method> {
        let plain = |function| Ok(Method { function, this: Obj::NULL });
        let ty = obj.type_of();
        if let Some(of) = TypeRef::from_obj(obj)
            && ty == TypeRef::of(&class::TYPE)
            && let Some(method) = class::class_method(self, of, name)
        {
            return Ok(method);
        }
        if let Some(get_attr) = ty.get_attr {
            // Instances, classes, modules and others whose own attributes are not in their type's table.
            let value = get_attr(self, obj, name)?;
            if !value.is_null() {
                return plain(value);
            }
        }
        if let Some(found) = class::lookup(self, ty, name) {
            return self.bind(found, obj, ty);
        }
        if name == q!("__class__") {
            return plain(ty.obj());
        }
        plain(Obj::NULL)
    }

    /// What a class attribute becomes when it is read through instance `obj` of `ty`.
    pub fn bind(&mut self, found: Found, obj: Obj, ty: TypeRef) -> Res<Method> {
        let plain = |function| Ok(Method { function, this: Obj::NULL });
        match found {
            Found::Value(value) => {
                let kind = value.type_of();
                if kind.flags.has(Flags::BINDS) {
                    return Ok(Method { function: value, this: obj });
                }
                if let Some(method) = Gc::<staticmethod::StaticMethod>::from_obj(value) {
                    return plain(method.function);
                }
                if let Some(method) = Gc::<classmethod::ClassMethod>::from_obj(value) {
                    return Ok(Method { function: method.function, this: ty.obj() });
                }
                if let Some(property) = Gc::<property::Property>::from_obj(value) {
                    return plain(property::get(self, property, obj)?);
                }
                if let Some(member) = Gc::<member::Member>::from_obj(value) {
                    return plain(member::get(self, member, obj)?);
                }
                if let Some(builtin) = Builtin::from_obj(value) {
                    let this = if class::is_own_method(ty, builtin) { obj } else { Obj::NULL };
                    return Ok(Method { function: value, this });
                }
                if kind.flags.has(Flags::INSTANCE)
                    && let Some(get) = class::lookup(self, kind, q!("__get__"))
                {
                    self.check_stack()?;
                    let get = self.bind_inside(get, value, kind)?;
                    return plain(self.call_bound(get, &[obj, ty.obj()])?);
                }
                plain(value)
            }
            Found::Rom(rom) => match rom {
                Rom::Fun(builtin) => Ok(Method { function: builtin.obj(), this: obj }),
                Rom::Class(builtin) => Ok(Method { function: builtin.obj(), this: ty.obj() }),
                Rom::Get(get) => plain(get(self, obj)?),
                Rom::Static(_) | Rom::Type(_) | Rom::Word(_) | Rom::Float(_) | Rom::Make(_) => {
                    plain(self.rom_value(rom)?)
                }
            },
        }
    }

    /// As `bind`, where a method of a built-in base gets the value inside `obj` and not `obj`.
    pub fn bind_inside(&mut self, found: Found, obj: Obj, ty: TypeRef) -> Res<Method> {
        let mut method = self.bind(found, obj, ty)?;
        if let (Found::Rom(Rom::Fun(_)), Some(inner)) = (found, instance::native(obj))
            && method.this == obj
        {
            method.this = inner;
        }
        Ok(method)
    }

    /// Lets a descriptor that is an attribute of `obj`'s class set the attribute, or delete it when `value` is `Obj::NULL`:
    /// `None` if `found` is no such descriptor, `Some(false)` if it refuses.
    pub fn set_by_descriptor(&mut self, found: Found, obj: Obj, value: Obj) -> Res<Option<bool>> {
        let Found::Value(descriptor) = found else { return Ok(None) };
        if let Some(property) = Gc::<property::Property>::from_obj(descriptor) {
            return property::set(self, property, obj, value).map(Some);
        }
        if let Some(member) = Gc::<member::Member>::from_obj(descriptor) {
            return member::set(self, member, obj, value).map(Some);
        }
        if !class::is_data_descriptor(self, found) {
            return Ok(None);
        }
        let kind = descriptor.type_of();
        let name = if value.is_null() { q!("__delete__") } else { q!("__set__") };
        let Some(method) = class::lookup(self, kind, name) else { return Ok(Some(false)) };
        let method = self.bind_inside(method, descriptor, kind)?;
        let args = [obj, value];
        self.call_bound(method, if value.is_null() { &args[..1] } else { &args })?;
        Ok(Some(true))
    }

    /// The value of a table row, unbound.
    pub fn rom_value(&mut self, rom: &'static Rom) -> Res {
        match rom {
            Rom::Fun(builtin) | Rom::Static(builtin) | Rom::Class(builtin) => Ok(builtin.obj()),
            Rom::Type(ty) => Ok(TypeRef::of(ty).obj()),
            Rom::Word(obj) => Ok(*obj),
            Rom::Float(value) => crate::types::float::new(self, **value),
            Rom::Make(make) => make(self),
            Rom::Get(_) => Ok(Obj::NONE),
        }
    }

    /// `obj.name = value`, or `del obj.name` when `value` is `Obj::NULL`.
    pub fn set_attr(&mut self, obj: Obj, name: Qstr, value: Obj) -> Res<()> {
        if let Some(set_attr) = obj.type_of().set_attr
            && set_attr(self, obj, name, value)?
        {
            return Ok(());
        }
        Err(self.no_attribute(obj, name))
    }

    /// AttributeError for an attribute that is not there.
    #[cold]
    pub fn no_attribute(&mut self, obj: Obj, name: Qstr) -> super::Raise {
        let attribute = self.text_of_name(name);
        let raise = match TypeRef::from_obj(obj) {
            Some(ty) => {
                let ty = self.text_of_name(ty.name);
                self.raise_new(
                    &exception::ATTRIBUTE_ERROR,
                    format_args!("type object '{ty}' has no attribute '{attribute}'"),
                )
            }
            None => {
                let ty = self.type_name(obj);
                self.raise_new(
                    &exception::ATTRIBUTE_ERROR,
                    format_args!("'{ty}' object has no attribute '{attribute}'"),
                )
            }
        };
        self.not_found(raise, name, obj)
    }

    /// Calls `method` with `args` after its own first argument, if it has one. At most a few arguments.
    pub fn call_bound(&mut self, method: Method, args: &[Obj]) -> Res {
        if method.this.is_null() {
            return self.call_pos(method.function, args);
        }
        let mut all = [Obj::NULL; 8];
        all[0] = method.this;
        match all.get_mut(1..=args.len()) {
            Some(rest) => {
                rest.copy_from_slice(args);
                self.call(method.function, Args::pos(&all[..=args.len()]))
            }
            None => {
                let all = super::GcVec::with_capacity(self, args.len() + 1)?;
                all.push(self, method.this)?;
                all.extend(self, args)?;
                self.call(method.function, Args::pos(all.slice()))
            }
        }
    }
}
