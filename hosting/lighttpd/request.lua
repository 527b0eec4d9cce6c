-- Drops fields whose names have an underscore: to a program, X_Forwarded_For is the same as X-Forwarded-For, and nobody
-- who stands in between looks at it.

local fields = lighty.r.req_header
local dropped = {}
for name in pairs(fields) do
    if string.find(name, "_", 1, true) then
        table.insert(dropped, name)
    end
end
for _, name in ipairs(dropped) do
    fields[name] = nil
end
