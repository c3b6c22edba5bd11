-- Asks for the paths listed in the file PATHS, one after another, as a browser does; counts answers that are not 200 or 304.
local paths, at, wrong = {}, 0, 0
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
local headers = { ["Accept-Encoding"] = os.getenv("ENCODING") }
local threads = {}

function setup(thread) threads[#threads + 1] = thread end

function init() math.randomseed(os.time()); at = math.random(#paths) end

function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], headers)
end

function response(status) if status ~= 200 and status ~= 304 then wrong = wrong + 1; wrk.thread:set("wrong", wrong) end end

function done(summary, latency)
  local bad = 0
  for _, thread in ipairs(threads) do bad = bad + (thread:get("wrong") or 0) end
  local e = summary.errors
  io.stderr:write(string.format("%d %d %d %d %d %d\n", summary.requests, summary.duration, summary.bytes,
    latency:percentile(50), latency:percentile(99), bad + e.connect + e.read + e.write + e.timeout))
end
