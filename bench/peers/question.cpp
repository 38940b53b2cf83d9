// Groups the issues of all documents by key, code and pattern with simdjson's on-demand parser, as fast as we know how:
// the file comes in blocks that end with a line, so that the text stays in the cache and no fresh memory is touched;
// nothing is unescaped or copied that was seen before; a group is found by the raw bytes of code and path.
// Prints [key, code, pattern, issues, records].
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <regex>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <unistd.h>
#include <unordered_map>
#include <vector>

using namespace simdjson;
using std::string;
using std::string_view;

constexpr size_t BLOCK = size_t{1} << 20;

// Gives equal byte strings equal numbers, from 0.
struct Names {
    std::vector<string> texts;
    std::vector<uint32_t> slots = std::vector<uint32_t>(1024, UINT32_MAX);

    static uint64_t hash(string_view text) {
        uint64_t state = text.size() * 0x9E3779B97F4A7C15U;
        for (size_t i = 0; i < text.size(); i += 8) {
            uint64_t word = 0;
            if (text.size() - i >= 8) {
                memcpy(&word, text.data() + i, 8);
            } else {
                memcpy(&word, text.data() + i, text.size() - i);
            }
            state = (state ^ word) * 0xFF51AFD7ED558CCDU;
            state ^= state >> 32;
        }
        return state;
    }

    uint32_t *slot(string_view text) {
        size_t mask = slots.size() - 1;
        size_t at = hash(text) & mask;
        while (slots[at] != UINT32_MAX && texts[slots[at]] != text) {
            at = (at + 1) & mask;
        }
        return &slots[at];
    }

    uint32_t number(string_view text) {
        uint32_t *found = slot(text);
        if (*found == UINT32_MAX) {
            *found = uint32_t(texts.size());
            texts.emplace_back(text);
            if (texts.size() * 2 > slots.size()) {
                slots.assign(slots.size() * 2, UINT32_MAX);
                for (uint32_t i = 0; i < texts.size(); i++) {
                    *slot(texts[i]) = i;
                }
                return uint32_t(texts.size() - 1);
            }
        }
        return *found;
    }
};

// A group: a key and a shape, which is the raw code and path, every number in the path replaced by `*`.
struct Group {
    uint64_t issues = 0;
    std::vector<bool> records;
};

static Names keys, shapes, records;
static std::vector<Group> groups;
static std::unordered_map<uint64_t, uint32_t> group_numbers;
// Group of a key and a shape, plus 1: a table for the usual small numbers.
static std::vector<uint32_t> group_table(1 << 20);

static uint32_t group_of(uint32_t key, uint32_t shape) {
    uint32_t *found = key < 1024 && shape < 1024 ? &group_table[key << 10 | shape]
                                                 : &group_numbers[uint64_t(key) << 32 | shape];
    if (*found == 0) {
        groups.emplace_back();
        *found = uint32_t(groups.size());
    }
    return *found - 1;
}

// Code and path of an issue as one string: raw, numbers replaced.
static uint32_t shape_of(string_view code, string_view path) {
    static char text[1 << 16];
    if (code.size() + path.size() >= sizeof text) {
        abort();
    }
    memcpy(text, code.data(), code.size());
    char *at = text + code.size();
    bool in_string = false;
    for (size_t i = 0; i < path.size(); i++) {
        char c = path[i];
        if (!in_string && c >= '0' && c <= '9') {
            *at++ = '*';
            while (path[i + 1] >= '0' && path[i + 1] <= '9') {
                i++;
            }
            continue;
        }
        in_string ^= c == '"';
        *at++ = c;
        if (c == '\\') {
            *at++ = path[++i];
        }
    }
    return shapes.number({text, size_t(at - text)});
}

static void read_issue(ondemand::object issue, std::vector<uint32_t> &found) {
    string_view code, path;
    for (auto field : issue) {
        ondemand::raw_json_string name = field.key();
        if (name == "code") {
            code = field.value().raw_json_token();
        } else if (name == "path") {
            path = ondemand::array(field.value().get_array()).raw_json();
        }
    }
    found.push_back(shape_of(code, path));
}

static void read_document(ondemand::document_reference document, std::vector<uint32_t> &found,
                          std::vector<uint32_t> &hits) {
    string_view record, collection;
    hits.clear();
    for (auto field : document.get_object()) {
        ondemand::raw_json_string name = field.key();
        if (name == "record_id") {
            record = field.value().raw_json_token();
        } else if (name == "collection_id") {
            collection = field.value().raw_json_token();
        } else if (name == "errors") {
            for (ondemand::object error : field.value().get_array()) {
                found.clear();
                uint32_t key = 0;
                for (auto member : error) {
                    ondemand::raw_json_string what = member.key();
                    if (what == "errors") {
                        for (ondemand::object issue : member.value().get_array()) {
                            read_issue(issue, found);
                        }
                    } else if (what == "key") {
                        key = keys.number(member.value().raw_json_token());
                    }
                }
                for (uint32_t shape : found) {
                    hits.push_back(group_of(key, shape));
                }
            }
        }
    }
    static string name;
    name.assign(collection);
    name.append(record);
    uint32_t number = records.number(name);
    for (uint32_t hit : hits) {
        Group &group = groups[hit];
        group.issues++;
        if (group.records.size() <= number) {
            group.records.resize(number * 2 + 64);
        }
        group.records[number] = true;
    }
}

// ---- what follows runs once a group, not once an issue

// The text of a raw JSON string.
static string decoded(string_view raw) {
    static dom::parser parser;
    string padded(raw);
    return string(string_view(parser.parse(padded)));
}

static string encoded(string_view text) {
    string json = "\"";
    for (char c : text) {
        char escape[8];
        if (c == '"' || c == '\\') {
            json += {'\\', c};
        } else if (static_cast<unsigned char>(c) < ' ') {
            snprintf(escape, sizeof escape, "\\u%04x", c);
            json += escape;
        } else {
            json += c;
        }
    }
    return json + '"';
}

// Where a raw JSON string ends that begins at a place.
static size_t string_end(string_view text, size_t at) {
    for (at++; text[at] != '"'; at++) {
        at += text[at] == '\\';
    }
    return at + 1;
}

static string pattern_of(string_view path) {
    static const std::regex bare("[A-Za-z_$][A-Za-z0-9_$]*"), position("0|[1-9][0-9]{0,17}");
    string pattern;
    for (size_t i = 0; i < path.size(); i++) {
        if (path[i] == '*') {
            pattern += "[*]";
        } else if (path[i] == '"') {
            size_t end = string_end(path, i);
            string name = decoded(path.substr(i, end - i));
            if (std::regex_match(name, position)) {
                pattern += "[*]";
            } else if (std::regex_match(name, bare)) {
                pattern += (pattern.empty() ? "" : ".") + name;
            } else {
                pattern += "[" + encoded(name) + "]";
            }
            i = end - 1;
        }
    }
    return pattern.empty() ? "(root)" : pattern;
}

// Groups whose raw texts differ may be one.
static void print_groups() {
    std::map<string, Group> merged;
    for (uint32_t key = 0; key < keys.texts.size(); key++) {
        for (uint32_t shape = 0; shape < shapes.texts.size(); shape++) {
            const Group &group = groups[group_of(key, shape)];
            string_view text = shapes.texts[shape];
            size_t end = string_end(text, 0);
            if (group.issues > 0) {
                Group &into = merged[encoded(decoded(keys.texts[key])) + "," +
                                     encoded(decoded(text.substr(0, end))) + "," +
                                     encoded(pattern_of(text.substr(end)))];
                into.issues += group.issues;
                into.records.resize(std::max(into.records.size(), group.records.size()));
                for (size_t i = 0; i < group.records.size(); i++) {
                    into.records[i] = into.records[i] || group.records[i];
                }
            }
        }
    }
    for (const auto &[name, group] : merged) {
        printf("[%s,%llu,%llu]\n", name.c_str(), (unsigned long long)group.issues,
               (unsigned long long)std::count(group.records.begin(), group.records.end(), true));
    }
}

int main(int argc, char **argv) {
    int fd = argc == 2 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0) {
        perror("question");
        return 2;
    }
    ondemand::parser parser;
    std::vector<uint32_t> found, hits;
    // A line longer than this ends in an error.
    static char block[BLOCK * 16 + SIMDJSON_PADDING];
    size_t kept = 0;
    ssize_t got;
    while ((got = read(fd, block + kept, kept < BLOCK ? BLOCK - kept : BLOCK * 16 - kept)) > 0) {
        size_t length = kept + size_t(got);
        const char *last = static_cast<const char *>(memrchr(block, '\n', length));
        size_t whole = last ? size_t(last - block) + 1 : 0;
        if (whole > 0) {
            ondemand::document_stream stream;
            if (parser.iterate_many(block, whole, whole).get(stream)) {
                return 1;
            }
            for (ondemand::document_reference document : stream) {
                read_document(document, found, hits);
            }
        }
        kept = length - whole;
        memmove(block, block + whole, kept);
    }
    print_groups();
    return got == 0 && kept == 0 ? 0 : 1;
}
