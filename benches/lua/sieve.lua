-- Eratosthenes in a table.
package.path = (arg[0]:match("^(.*/)") or "./") .. "?.lua;" .. package.path
local twin = require("twin")

local function sieve(composite, n)
    local count = 0
    for i = 2, n - 1 do
        if not composite[i] then
            count = count + 1
            for j = i * i, n - 1, i do
                composite[j] = true
            end
        end
    end
    return count
end

twin.run(function(n)
    local composite = {}
    for i = 1, 600 * n do composite[i] = false end
    return n, composite, 600 * n
end, sieve)
