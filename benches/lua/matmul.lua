-- Product of two matrices of integers.
package.path = (arg[0]:match("^(.*/)") or "./") .. "?.lua;" .. package.path
local twin = require("twin")

local function matmul(a, b, c, size)
    for i = 0, size - 1 do
        for j = 0, size - 1 do
            local total = 0
            for k = 0, size - 1 do
                total = total + a[i * size + k] * b[k * size + j]
            end
            c[i * size + j] = total % 0x1000000
        end
    end
    return c[0] + c[size * size - 1]
end

twin.run(function(n)
    local size = 8
    while size * size * size < n * 1500 do size = size + 4 end
    local a, b, c = {}, {}, {}
    for i = 0, size * size - 1 do
        a[i], b[i], c[i] = i * 7 % 101, i * 13 % 89, 0
    end
    return size * size * size, a, b, c, size
end, matmul)
