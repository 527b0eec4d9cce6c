-- Which file is handed out for a path.

local r = lighty.r
local file = r.req_attr["physical.path"]

-- Nothing whose name begins with a dot is a page, but for the names of RFC 8615.
for name in string.gmatch(r.req_attr["uri.path"], "/(%.[^/]*)") do
    if name ~= ".well-known" then
        return 404
    end
end

-- What `postern build` has compressed is handed out so.
if string.sub(file, -1) == "/" then
    file = file .. "index.html"
end
local page = lighty.c.stat(file)
local compressed = lighty.c.stat(file .. ".gz")
local accepted = r.req_header["Accept-Encoding"]
if page and compressed and accepted and string.find(accepted, "gzip", 1, true) then
    r.resp_header["Content-Type"] = page["content-type"]
    r.resp_header["Content-Encoding"] = "gzip"
    r.req_attr["physical.path"] = file .. ".gz"
end
