-- Small objects: fields, methods, inheritance by metatables.
package.path = (arg[0]:match("^(.*/)") or "./") .. "?.lua;" .. package.path
local twin = require("twin")

local Shape = {}
Shape.__index = Shape

function Shape:move(dx, dy)
    self.x = self.x + dx
    self.y = self.y + dy
    self.moves = self.moves + 1
    return self
end

function Shape:weight()
    return (self.x * 3 + self.y * 5 + self:area()) % 0x10000
end

local Square = setmetatable({}, Shape)
Square.__index = Square

function Square:area() return self.side * self.side end

local Circle = setmetatable({}, Shape)
Circle.__index = Circle

function Circle:diameter() return 2 * self.radius end

function Circle:area()
    return math.floor(3 * self:diameter() * self:diameter() / 4)
end

local function methods(rounds)
    local shapes = {}
    for i = 0, 19 do
        if i % 2 == 1 then
            shapes[i] = setmetatable({ x = i, y = 2 * i, moves = 0, side = i % 8 }, Square)
        else
            shapes[i] = setmetatable({ x = i, y = 3 * i, moves = 0, radius = i % 4 }, Circle)
        end
    end
    local total = 0
    for i = 0, rounds - 1 do
        for k = 0, 19 do
            total = (total + shapes[k]:move(i % 4, 1):weight()) % 0x10000000
        end
    end
    return total
end

twin.run(function(n) return n, 10 * n end, methods)
