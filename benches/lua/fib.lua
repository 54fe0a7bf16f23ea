-- Recursive Fibonacci: calls, and nothing else.
package.path = (arg[0]:match("^(.*/)") or "./") .. "?.lua;" .. package.path
local twin = require("twin")

local function fib(n)
    if n < 2 then return n end
    return fib(n - 1) + fib(n - 2)
end

twin.run(function(n)
    local depth, calls = 28, 1000
    while calls > n and depth > 8 do
        depth = depth - 1
        calls = math.floor(calls * 10 / 16)
    end
    return calls, depth
end, fib)
