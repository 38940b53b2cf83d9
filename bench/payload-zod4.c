/*
 * What Zod 4 says about the same mistakes in loan applications as in payload.c, member for member.
 */
#include "payload.h"

#include <stddef.h>

#define ROW BENCH_ROW
#define ELEMENT BENCH_ELEMENT

static const char *const identity[] = {
    "{\"origin\":\"string\",\"code\":\"too_small\",\"minimum\":1,\"inclusive\":true,"
    "\"path\":[\"borrowers\"," ROW ",\"name\",\"first\"],"
    "\"message\":\"Too small: expected string to have >=1 characters\"}",
    "{\"origin\":\"string\",\"code\":\"invalid_format\",\"format\":\"regex\","
    "\"pattern\":\"/^\\\\d{3}-\\\\d{2}-\\\\d{4}$/\",\"path\":[\"borrowers\"," ROW ","
    "\"ssn\"],\"message\":\"SSN must look like 123-45-6789\"}",
    "{\"origin\":\"string\",\"code\":\"invalid_format\",\"format\":\"email\","
    "\"pattern\":\"/"
    "^(?:[A-Za-z0-9_'+\\\\-]+\\\\.)*[A-Za-z0-9_'+\\\\-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-"
    "9\\\\-]*\\\\.)+[A-Za-z]{2,"
    "}$/\",\"path\":[\"borrowers\"," ROW ",\"email\"],\"message\":\"Invalid email address\"}",
    "{\"origin\":\"string\",\"code\":\"invalid_format\",\"format\":\"starts_with\","
    "\"prefix\":\"+\",\"path\":[\"borrowers\"," ROW ",\"phone\"],"
    "\"message\":\"Invalid string: must start with \\\"+\\\"\"}",
    "{\"expected\":\"date\",\"code\":\"invalid_type\",\"received\":\"Invalid Date\","
    "\"path\":[\"borrowers\"," ROW ",\"dateOfBirth\"],"
    "\"message\":\"Invalid input: expected date, received Date\"}",
    NULL,
};

static const char *const income[] = {
    "{\"expected\":\"number\",\"code\":\"invalid_type\",\"path\":[\"borrowers\"," ROW ","
    "\"income\",\"monthly\"],\"message\":\"Invalid input: expected number,"
    " received undefined\"}",
    "{\"expected\":\"number\",\"code\":\"invalid_type\",\"path\":[\"borrowers\"," ROW ","
    "\"income\",\"monthly\"],\"message\":\"Invalid input: expected number,"
    " received string\"}",
    "{\"code\":\"invalid_value\",\"values\":[\"RENT\",\"ALIMONY\",\"DIVIDENDS\",\"BONUS\"],"
    "\"path\":[\"borrowers\"," ROW ",\"income\",\"other\"," ELEMENT ",\"source\"],"
    "\"message\":\"Invalid option: expected one of "
    "\\\"RENT\\\"|\\\"ALIMONY\\\"|\\\"DIVIDENDS\\\"|\\\"BONUS\\\"\"}",
    "{\"origin\":\"number\",\"code\":\"too_small\",\"minimum\":0,\"inclusive\":true,"
    "\"path\":[\"borrowers\"," ROW ",\"income\",\"other\"," ELEMENT ",\"amount\"],"
    "\"message\":\"Too small: expected number to be >=0\"}",
    NULL,
};

static const char *const employment[] = {
    "{\"origin\":\"array\",\"code\":\"too_small\",\"minimum\":1,\"inclusive\":true,"
    "\"path\":[\"borrowers\"," ROW ",\"employment\"],"
    "\"message\":\"At least one employment is needed\"}",
    "{\"code\":\"invalid_union\",\"errors\":[],\"note\":\"No matching discriminator\","
    "\"discriminator\":\"type\",\"options\":[\"EMPLOYED\",\"SELF_EMPLOYED\",\"RETIRED\"],"
    "\"path\":[\"borrowers\"," ROW ",\"employment\"," ELEMENT ",\"type\"],"
    "\"message\":\"Invalid input\"}",
    "{\"origin\":\"string\",\"code\":\"invalid_format\",\"format\":\"regex\","
    "\"pattern\":\"/^\\\\d{4}-\\\\d{2}-\\\\d{2}$/\",\"path\":[\"borrowers\"," ROW ","
    "\"employment\"," ELEMENT ",\"since\"],\"message\":\"Date must be YYYY-MM-DD\"}",
    "{\"expected\":\"int\",\"format\":\"safeint\",\"code\":\"invalid_type\","
    "\"path\":[\"borrowers\"," ROW ",\"employment\"," ELEMENT ",\"hoursPerWeek\"],"
    "\"message\":\"Invalid input: expected int, received number\"}",
    "{\"origin\":\"number\",\"code\":\"too_big\",\"maximum\":80,\"inclusive\":true,"
    "\"path\":[\"borrowers\"," ROW ",\"employment\"," ELEMENT ",\"hoursPerWeek\"],"
    "\"message\":\"Too big: expected number to be <=80\"}",
    NULL,
};

static const char *const assets[] = {
    "{\"code\":\"invalid_union\",\"errors\":[[{\"expected\":\"number\","
    "\"code\":\"invalid_type\",\"path\":[\"balance\"],"
    "\"message\":\"Invalid input: expected number, received string\"}],"
    "[{\"code\":\"invalid_value\",\"values\":[\"VEHICLE\"],\"path\":[\"kind\"],"
    "\"message\":\"Invalid input: expected \\\"VEHICLE\\\"\"},{\"expected\":\"string\","
    "\"code\":\"invalid_type\",\"path\":[\"vin\"],"
    "\"message\":\"Invalid input: expected string, received undefined\"}]],"
    "\"path\":[\"assets\"," ROW "],\"message\":\"Invalid input\"}",
    "{\"expected\":\"string\",\"code\":\"invalid_type\",\"path\":[\"assets\"," ROW ","
    "\"bank\"],\"message\":\"Invalid input: expected string, received null\"}",
    NULL,
};

static const char *const liabilities[] = {
    "{\"code\":\"invalid_value\",\"values\":[\"MORTGAGE\",\"CAR_LOAN\",\"CREDIT_CARD\","
    "\"STUDENT_LOAN\"],\"path\":[\"liabilities\"," ROW ",\"type\"],"
    "\"message\":\"Invalid option: expected one of "
    "\\\"MORTGAGE\\\"|\\\"CAR_LOAN\\\"|\\\"CREDIT_CARD\\\"|\\\"STUDENT_LOAN\\\"\"}",
    "{\"code\":\"unrecognized_keys\",\"keys\":[\"payoff\"],\"path\":[\"liabilities\"," ROW
    "],\"message\":\"Unrecognized key: \\\"payoff\\\"\"}",
    "{\"expected\":\"number\",\"code\":\"invalid_type\",\"path\":[\"liabilities\"," ROW ","
    "\"balance\"],\"message\":\"Invalid input: expected number, received undefined\"}",
    "{\"code\":\"custom\",\"path\":[\"liabilities\"," ROW ",\"monthlyPayment\"],"
    "\"message\":\"Payment is more than what is owed\"}",
    NULL,
};

static const char *const documents[] = {
    "{\"expected\":\"number\",\"code\":\"invalid_type\",\"path\":[\"documents\"," ROW ","
    "\"pages\"],\"message\":\"Invalid input: expected number, received undefined\"}",
    "{\"origin\":\"string\",\"code\":\"invalid_format\",\"format\":\"regex\","
    "\"pattern\":\"/^[0-9a-f]{64}$/\",\"path\":[\"documents\"," ROW ",\"sha256\"],"
    "\"message\":\"Invalid string: must match pattern /^[0-9a-f]{64}$/\"}",
    "{\"origin\":\"string\",\"code\":\"invalid_format\",\"format\":\"datetime\","
    "\"pattern\":\"/"
    "^(?:(?:\\\\d\\\\d[2468][048]|\\\\d\\\\d[13579][26]|\\\\d\\\\d0[48]|[02468][048]00|[13579][26]"
    "00)-02-29|\\\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|["
    "12]\\\\d|30)|(?:02)-(?:0[1-9]|1\\\\d|2[0-8])))T(?:(?:[01]\\\\d|2[0-3]):[0-5]\\\\d:[0-5]\\\\d(?"
    ":\\\\.\\\\d+)?(?:Z))$/\","
    "\"path\":[\"documents\"," ROW ",\"uploadedAt\"],\"message\":\"Invalid ISO datetime\"}",
    "{\"code\":\"invalid_format\",\"format\":\"url\",\"path\":[\"documents\"," ROW ","
    "\"url\"],\"message\":\"Invalid URL\"}",
    NULL,
};

const struct bench_rule bench_zod4_rules[] = {
    {"CHECK_IDENTITY", "Borrowers must be identified", identity},
    {"CHECK_INCOME", "Income must be complete and positive", income},
    {"CHECK_EMPLOYMENT", "Employment must be documented", employment},
    {"CHECK_ASSETS", "Assets must be of a known kind", assets},
    {"CHECK_LIABILITIES", "Liabilities must be complete", liabilities},
    {"CHECK_DOCUMENTS", "Documents must be complete", documents},
    {NULL, NULL, NULL},
};
