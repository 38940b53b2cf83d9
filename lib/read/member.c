/*
 * Names: of members, and of kinds of JSON values.
 */
#include "read/member.h"

#include <string.h>

static const char *const member_names[ERRATA__MEMBERS] = {
    [ERRATA__MEMBER_NONE] = "",
    [ERRATA__MEMBER_STATUS] = "status",
    [ERRATA__MEMBER_ERRORS] = "errors",
    [ERRATA__MEMBER_RECORD_ID] = "record_id",
    [ERRATA__MEMBER_ID] = "id",
    [ERRATA__MEMBER_COLLECTION_ID] = "collection_id",
    [ERRATA__MEMBER_APP_ID] = "app_id",
    [ERRATA__MEMBER_FETCHED_AT] = "fetched_at",
    [ERRATA__MEMBER_MESSAGE] = "message",
    [ERRATA__MEMBER_KEY] = "key",
    [ERRATA__MEMBER_CODE] = "code",
    [ERRATA__MEMBER_EXPECTED] = "expected",
    [ERRATA__MEMBER_RECEIVED] = "received",
    [ERRATA__MEMBER_PATH] = "path",
};

/* Lengths are compared first, so that `status\u0000` is not `status`. */
static bool is(const char *name, size_t length, enum errata__member member) {
    return memcmp(name, member_names[member], length) == 0;
}

enum errata__member errata__member_of_document(const char *name, size_t length) {
    switch (length) {
    case 2:
        return is(name, length, ERRATA__MEMBER_ID) ? ERRATA__MEMBER_ID : ERRATA__MEMBER_NONE;
    case 6:
        return is(name, length, ERRATA__MEMBER_STATUS)   ? ERRATA__MEMBER_STATUS
               : is(name, length, ERRATA__MEMBER_ERRORS) ? ERRATA__MEMBER_ERRORS
               : is(name, length, ERRATA__MEMBER_APP_ID) ? ERRATA__MEMBER_APP_ID
                                                         : ERRATA__MEMBER_NONE;
    case 9:
        return is(name, length, ERRATA__MEMBER_RECORD_ID) ? ERRATA__MEMBER_RECORD_ID
                                                          : ERRATA__MEMBER_NONE;
    case 10:
        return is(name, length, ERRATA__MEMBER_FETCHED_AT) ? ERRATA__MEMBER_FETCHED_AT
                                                           : ERRATA__MEMBER_NONE;
    case 13:
        return is(name, length, ERRATA__MEMBER_COLLECTION_ID) ? ERRATA__MEMBER_COLLECTION_ID
                                                              : ERRATA__MEMBER_NONE;
    default:
        return ERRATA__MEMBER_NONE;
    }
}

enum errata__member errata__member_of_rule_error(const char *name, size_t length) {
    switch (length) {
    case 3:
        return is(name, length, ERRATA__MEMBER_KEY) ? ERRATA__MEMBER_KEY : ERRATA__MEMBER_NONE;
    case 6:
        return is(name, length, ERRATA__MEMBER_ERRORS) ? ERRATA__MEMBER_ERRORS
                                                       : ERRATA__MEMBER_NONE;
    case 7:
        return is(name, length, ERRATA__MEMBER_MESSAGE) ? ERRATA__MEMBER_MESSAGE
                                                        : ERRATA__MEMBER_NONE;
    default:
        return ERRATA__MEMBER_NONE;
    }
}

enum errata__member errata__member_of_issue(const char *name, size_t length) {
    switch (length) {
    case 4:
        return is(name, length, ERRATA__MEMBER_CODE)   ? ERRATA__MEMBER_CODE
               : is(name, length, ERRATA__MEMBER_PATH) ? ERRATA__MEMBER_PATH
                                                       : ERRATA__MEMBER_NONE;
    case 7:
        return is(name, length, ERRATA__MEMBER_MESSAGE) ? ERRATA__MEMBER_MESSAGE
                                                        : ERRATA__MEMBER_NONE;
    case 8:
        return is(name, length, ERRATA__MEMBER_EXPECTED)   ? ERRATA__MEMBER_EXPECTED
               : is(name, length, ERRATA__MEMBER_RECEIVED) ? ERRATA__MEMBER_RECEIVED
                                                           : ERRATA__MEMBER_NONE;
    default:
        return ERRATA__MEMBER_NONE;
    }
}

const char *errata__kind_name(enum errata__json_kind kind) {
    static const char *const names[] = {
        [ERRATA__JSON_NULL] = "null",       [ERRATA__JSON_FALSE] = "false",
        [ERRATA__JSON_TRUE] = "true",       [ERRATA__JSON_NUMBER] = "a number",
        [ERRATA__JSON_STRING] = "a string", [ERRATA__JSON_OBJECT] = "an object",
        [ERRATA__JSON_KEY] = "a member",    [ERRATA__JSON_OBJECT_END] = "an object",
        [ERRATA__JSON_ARRAY] = "an array",  [ERRATA__JSON_ARRAY_END] = "an array",
    };
    return names[kind];
}
