local how = parameters.how

local function output(command, outputSchema)
    local here = { environment = source.environment, user = source.environmentUser }
    return RunBash { environment = here.environment, user = here.user, command = command, outputSchema = outputSchema }
end

local odd = {
    ["hang"] = function() while true do end end,
    ["raise"] = function() error("This is odd.") end,
    ["fail"] = function() Fail(messages.odd()) end,
    ["slow"] = function() output("sleep 3") end,
    ["wrong class"] = function() return "text" end,
    ["wrong field"] = function() return { name = "copy", path = 7 } end,
    ["table"] = function() local t = {} while true do t[#t + 1] = { #t } end end,
    ["rep"] = function() local t = {} while true do t[#t + 1] = string.rep(tostring(#t), 1e6) end end,
    ["gsub"] = function() return (string.gsub(string.rep("x", 1e6), "x", string.rep("y", 1e6))) end,
    ["pattern"] = function() return string.match(string.rep("a", 250000), ".-.-.-b") end,
    ["no JSON"] = function() return output('echo \'{"name": "copy",\' > "$DLPX_OUTPUT_FILE"', { type = "object" }) end,
    ["huge JSON"] = function() return output('head -c 300000000 /dev/zero | tr "\\0" "[" > "$DLPX_OUTPUT_FILE"', { type = "object" }) end,
    ["another JSON"] = function()
        return output('echo \'{"name": 7}\' > "$DLPX_OUTPUT_FILE"', { type = "object", properties = { name = { type = "string" } } })
    end,
    ["no schema"] = function() return output("true", { type = "strnig" }) end,
}

if odd[how] then
    local result = odd[how]()
    if result then return result end
end
return { name = "copy", path = parameters.mountPath }
