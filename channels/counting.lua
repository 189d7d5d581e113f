-- One question counted in Redis, as `channels/counting.py` counts it in one process.
-- KEYS: the buckets of person, address and channel, and the refusals of who is blamed.
-- ARGV[1]: JSON of the rules, with `takes` (what the question takes of each bucket; 0: not counted) and, for tests, `now`.
-- Answers the seconds to wait, as a string: Redis would cut a number off behind its point.
local rules = cjson.decode(ARGV[1])
local now = rules.now
if not now then
  local time = redis.call('TIME')
  now = time[1] + time[2] / 1000000
end

local function exactly(number)
  return string.format('%.17g', number)
end

local function left(moment)
  local seconds = moment - now
  return seconds > rules.no_time and seconds or 0
end

-- The clock of the machine may have been set back: what is further off than it can be is forgotten, not waited for.
local function read(kept, most)
  local moment = tonumber(kept or now)
  return moment <= now + most + rules.no_time and moment or now
end

local function full_at(place)
  return math.max(read(redis.call('GET', KEYS[place]), rules.bucket), now)
end

local function wait(place)
  local takes = rules.takes[place]
  return takes > 0 and left(full_at(place) + takes - rules.bucket) or 0
end

local refused = redis.call('HMGET', KEYS[4], 'times', 'since', 'over')
local times = tonumber(refused[1] or 0)
local since = read(refused[2], 0)
local over = read(refused[3], rules.most_penalty)

local own = math.max(left(over), wait(1), wait(2))
local seconds = math.max(own, wait(3))
if seconds == 0 then
  for place, takes in ipairs(rules.takes) do
    if takes > 0 then
      redis.call('SET', KEYS[place], exactly(full_at(place) + takes), 'EX', rules.bucket)
    end
  end
elseif own > 0 then
  times = math.max(0, times - (now - since) / rules.forgetting) + 1
  over = now
  if times > rules.patience then
    times = math.min(times, rules.most_refusals)
    over = now + rules.first_penalty * 2 ^ (times - rules.patience - 1)
  end
  redis.call('HSET', KEYS[4], 'times', exactly(times), 'since', exactly(now), 'over', exactly(over))
  redis.call('EXPIRE', KEYS[4], rules.remembered)
  seconds = math.max(seconds, over - now)
end
return exactly(seconds)
