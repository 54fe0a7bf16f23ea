-- What every Lua twin shares: the scale from the command line, and the line that is printed.
local twin = {}

function twin.run(work, kernel)
    local n, m = tonumber(arg[2]) or 1000, tonumber(arg[3]) or 1000
    local norm, a, b, c, d = work(n, m)
    local start = os.clock()
    local result = kernel(a, b, c, d)
    local taken = (os.clock() - start) * 1000000
    print(string.format("%.0f %.0f %.0f", taken, norm, result))
end

return twin
