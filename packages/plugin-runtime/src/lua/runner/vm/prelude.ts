/**
 * Runs in a new state before the script: takes away what scripts must not have, gives back what Lua 5.1 had, and puts the
 * engine's functions in place. Its arguments are the debug library, which nobody else gets, and the engine's functions.
 */
export const PRELUDE = String.raw`
local debug, host = ...
local error, getmetatable, pairs, pcall, rawtostring, select, setmetatable, type, load_ =
  error, getmetatable, pairs, pcall, tostring, select, setmetatable, type, load
local format, gsub, find, concat = string.format, string.gsub, string.find, table.concat
local mathtype, tointeger, floor, ceil = math.type, math.tointeger, math.floor, math.ceil
local getinfo, getupvalue, setupvalue, upvaluejoin = debug.getinfo, debug.getupvalue, debug.setupvalue, debug.upvaluejoin
local globals = _G

-- Gone: byte code could break out of the machine, files are not there.
dofile, loadfile, warn, string.dump = nil, nil, nil, nil

function load(chunk, name, _, ...) return load_(chunk, name, "t", ...) end
function loadstring(text, name) return load_(text, name, "t") end

local function refuse(name)
  globals[name] = function() error(name .. " is not available to the scripts of a toolkit", 2) end
end
refuse("require")
refuse("module")

local collect = collectgarbage
function collectgarbage(option)
  if option == "count" then return collect("count") end
  if option == nil or option == "collect" then return collect() end
  return 0
end
function gcinfo() return floor(collect("count")) end

-- Lua 5.1 knew no integers: what is whole was written without a fraction.
function tostring(...)
  local value = ...
  if mathtype(value) == "float" then return format("%.14g", value) end
  return rawtostring(...)
end

local function truncated(value)
  if mathtype(value) ~= "float" or value ~= value then return value end
  return tointeger(value >= 0 and floor(value) or ceil(value)) or value
end

-- Of %d and its like, Lua 5.1 took fractions off; %s is as tostring says.
function string.format(form, ...)
  local values, count = { ... }, select("#", ...)
  if type(form) == "string" and find(form, "%%[-+ #0-9.]*[diouxXcs]") then
    local index = 0
    gsub(form, "%%([-+ #0-9.]*)(.)", function(_, conversion)
      if conversion == "%" then return end
      index = index + 1
      if find(conversion, "[diouxXc]") then values[index] = truncated(values[index]) end
      if conversion == "s" and mathtype(values[index]) == "float" then values[index] = tostring(values[index]) end
    end)
    form = gsub(form, "%%([-+ #0-9.]*)u", "%%%1d")
  end
  local ok, text = pcall(format, form, table.unpack(values, 1, count))
  if not ok then error((gsub(text, "'%?'", "'format'")), 2) end
  return text
end

string.gfind = string.gmatch

local function checkText(value, index, name)
  if type(value) == "string" or type(value) == "number" then return end
  error("bad argument #" .. index .. " to '" .. name .. "' (string expected, got " .. type(value) .. ")", 3)
end

-- To Lua 5.1, % before what is no digit was that character: in "%-" and "%/" of a replacement.
function string.gsub(text, pattern, replacement, ...)
  checkText(text, 1, "gsub")
  checkText(pattern, 2, "gsub")
  if type(replacement) == "string" then
    replacement = gsub(replacement, "%%(.)", function(character)
      if not find(character, "[%d%%]") then return character end
    end)
  end
  return gsub(text, pattern, replacement, ...)
end

-- What is whole is written without a fraction, as by tostring.
function table.concat(list, separator, first, last)
  local texts = list
  if type(list) == "table" then
    for index = first or 1, last or #list do
      if mathtype(list[index]) == "float" then
        if texts == list then texts = setmetatable({}, { __index = list, __len = function() return #list end }) end
        texts[index] = tostring(list[index])
      end
    end
  end
  return concat(texts, separator, first or 1, last or (type(list) == "table" and #list or nil))
end

unpack = table.unpack
function table.getn(list) return #list end
function table.maxn(list)
  local largest = 0
  for key in pairs(list) do
    if type(key) == "number" and key > largest then largest = key end
  end
  return largest
end
function table.foreach(list, visit)
  for key, value in pairs(list) do
    local result = visit(key, value)
    if result ~= nil then return result end
  end
end
function table.foreachi(list, visit)
  for index = 1, #list do
    local result = visit(index, list[index])
    if result ~= nil then return result end
  end
end

function math.pow(base, exponent)
  local power = base ^ exponent
  return tointeger(power) or power
end
math.mod = math.fmod
function math.log10(value) return math.log(value, 10) end
function math.cosh(value) return (math.exp(value) + math.exp(-value)) / 2 end
function math.sinh(value) return (math.exp(value) - math.exp(-value)) / 2 end
function math.tanh(value)
  local positive, negative = math.exp(value), math.exp(-value)
  return (positive - negative) / (positive + negative)
end
function math.ldexp(fraction, exponent) return fraction * 2.0 ^ exponent end

-- A function's environment is the upvalue _ENV, if it uses globals at all.
local function functionOf(what, name)
  if type(what) == "function" then return what end
  if what == 0 then error(name .. " of the whole script is not supported", 3) end
  local info = getinfo((what or 1) + 2, "f")
  if not info then error("bad argument #1 to '" .. name .. "' (invalid level)", 3) end
  return info.func
end

local function environmentIndex(func)
  for index = 1, 255 do
    local name = getupvalue(func, index)
    if name == nil then return nil end
    if name == "_ENV" then return index end
  end
end

function getfenv(what)
  if what == 0 then return globals end
  local func = functionOf(what, "getfenv")
  local index = environmentIndex(func)
  if not index then return globals end
  local _, environment = getupvalue(func, index)
  return environment
end

function setfenv(what, environment)
  local func = functionOf(what, "setfenv")
  local index = environmentIndex(func)
  if index then
    -- A variable of its own: functions that came from the same chunk keep theirs.
    local own = environment
    upvaluejoin(func, index, function() return own end, 1)
  end
  return func
end

function print(...)
  local texts = {}
  for index = 1, select("#", ...) do texts[index] = tostring((select(index, ...))) end
  host.write(table.concat(texts, "\t"))
end

local function filledIn(text, ...)
  local values = { ... }
  return (gsub(text, "{(%d+)}", function(number)
    local value = values[tonumber(number) + 1]
    if value ~= nil then return tostring(value) end
  end))
end

local texts, locale = messages, host.locale
messages = setmetatable({}, {
  __index = function(_, id) error("the locale " .. locale .. " has no message '" .. tostring(id) .. "'", 2) end,
})
for id, text in pairs(texts) do
  messages[id] = function(...) return filledIn(text, ...) end
end

for _, name in pairs(host.functions) do globals[name] = host[name] end

-- Asking a host takes a while: only when somebody wants to know.
if source then
  setmetatable(source, { __index = function(_, name)
    if name == "osType" then return host.osType() end
  end })
end
`;
