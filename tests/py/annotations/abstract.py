# abc: what is abstract cannot be made.
from abc import ABC, ABCMeta, abstractmethod


class Shape(ABC):
    @abstractmethod
    def area(self): ...

    @property
    @abstractmethod
    def name(self): ...

    @classmethod
    @abstractmethod
    def make(cls): ...

    def describe(self):
        return f"{self.name} of {self.area()}"


class Half(Shape):
    def area(self):
        return 1


class Square(Half):
    name = "square"

    def __init__(self, side, *, unit="m"):
        self.side, self.unit = side, unit

    def area(self):
        return self.side**2

    @classmethod
    def make(cls):
        return cls(5)


for cls in (Shape, Half):
    try:
        cls()
    except TypeError as error:
        print("TypeError", cls.__name__ in str(error))
print(sorted(Shape.__abstractmethods__), sorted(Half.__abstractmethods__), sorted(Square.__abstractmethods__))
print(Square(3).describe(), Square.make().side, Square(1, unit="cm").unit)
print(isinstance(Square(1), Shape), isinstance(3, Shape), issubclass(Square, Shape), issubclass(int, Shape))
print(type(Shape) is ABCMeta, isinstance(Shape, type))


@Shape.register
class Other:
    pass


print(isinstance(Other(), Shape), issubclass(Other, Shape), issubclass(Other, Half))


class Hooked(metaclass=ABCMeta):
    @classmethod
    def __subclasshook__(cls, sub):
        return hasattr(sub, "quack") or NotImplemented


class Duck:
    def quack(self):
        pass


print(isinstance(Duck(), Hooked), isinstance(Other(), Hooked), type(Hooked()).__name__)
