-- The labelled queries of the search benchmark, asked of the search service (deploy/search), each with a page of results.
-- usage: wrk -s benchmarks/load/questions.lua -c 8 -d 20s --latency http://127.0.0.1:8081/search/ask
local asked = {}
for line in io.lines("tests/search/queries-open.json") do
  for query in line:gmatch('"q": ?"([^"]*)"') do asked[#asked + 1] = query end
end
local function encoded(text)
  return (text:gsub("[^%w]", function(char) return string.format("%%%02X", char:byte()) end))
end
math.randomseed(1)
request = function()
  return wrk.format("GET", wrk.path .. "?q=" .. encoded(asked[math.random(#asked)]))
end
