-- Two nested loops over small integers.
package.path = (arg[0]:match("^(.*/)") or "./") .. "?.lua;" .. package.path
local twin = require("twin")

local bit = require("bit")

local function loops(outer)
    local total = 0
    for i = 0, outer - 1 do
        for j = 0, 999 do
            total = bit.band(total + bit.bxor(i, j), 0xFFFFFFF)
        end
    end
    return total
end

twin.run(function(n) return 4 * n, 4 * n end, loops)
