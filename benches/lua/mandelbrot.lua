-- Mandelbrot in floats.
package.path = (arg[0]:match("^(.*/)") or "./") .. "?.lua;" .. package.path
local twin = require("twin")

local function mandelbrot(size)
    local inside = 0
    for row = 0, size - 1 do
        local y0 = 2.0 * row / size - 1.0
        for column = 0, size - 1 do
            local x0 = 3.0 * column / size - 2.0
            local x, y, steps = 0.0, 0.0, 0
            while steps < 50 and x * x + y * y <= 4.0 do
                x, y = x * x - y * y + x0, 2.0 * x * y + y0
                steps = steps + 1
            end
            inside = inside + steps
        end
    end
    return inside
end

twin.run(function(n)
    local size = 8
    while size * size * 60 < n * 1000 do size = size + 4 end
    return size * size, size
end, mandelbrot)
