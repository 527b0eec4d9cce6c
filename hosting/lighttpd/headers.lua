-- What an answer says besides itself. `account` and `score` say so themselves.

local r = lighty.r
local headers = r.resp_header
local status = r.req_item["http_status"]

if headers["Content-Security-Policy"] == nil then
    headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; img-src 'self'; "
        .. "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Referrer-Policy"] = "no-referrer"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Vary"] = "Accept-Encoding"

    -- Browsers heed this only over TLS (RFC 6797 §8.1).
    if r.req_attr["uri.scheme"] == "https" then
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    end
    -- When to come back, while `account` is not there.
    if status == 503 then
        headers["Retry-After"] = "60"
    end
    if headers["Content-Type"] == "text/html" then
        headers["Content-Type"] = "text/html; charset=utf-8"
    end
    local path = r.req_attr["uri.path"]
    if string.find(path, "^/members/") or string.find(path, "^/[%a-]+/members/") then
        headers["Cache-Control"] = "private, no-cache"
    end
    -- Their names change with their content.
    if string.find(path, "^/assets/") and status == 200 then
        headers["Cache-Control"] = "public, immutable, max-age=31536000"
    end
end
