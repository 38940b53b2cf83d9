# Groups the issues of all documents by key, code and pattern: [key, code, pattern, issues, records].
# jq copies an object that it changes within another, so counting in one takes time that grows with its square: all
# groups of all documents are collected and sorted instead. Names are matched only once a group, for that is slow.
def step:
  if type == "number" or test("^(0|[1-9][0-9]{0,17})$") then "[*]"
  elif test("^[A-Za-z_$][A-Za-z0-9_$]*$") then ".\(.)"
  else "[\(tojson)]" end;
def pattern: if length == 0 then "(root)" else map(step) | add | ltrimstr(".") end;

# [group, issues, records] of equal groups, given as [group, issues, record].
def counted: group_by(.[0])[] | [.[0][0], (map(.[1]) | add), (map(.[2]) | unique)];

[
  inputs
  | "\(.collection_id)/\(.record_id)" as $record
  | [.errors[]? | .key as $key
     | .errors[] | [$key, .code, (.path | map(if type == "number" then 0 else . end))] | tojson]
  | group_by(.)[] | [.[0], length, $record]
]
| [counted | .[0] |= (fromjson | .[2] |= pattern)]
# Patterns can be equal where paths were not: "7" and 7 are both positions.
| group_by(.[0])[] | .[0][0] + [(map(.[1]) | add), (map(.[2]) | add | unique | length)]
