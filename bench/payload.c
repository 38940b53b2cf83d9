/*
 * What Zod 3 says about loan applications, member for member.
 */
#include "payload.h"

#include <stddef.h>

#define ROW BENCH_ROW
#define ELEMENT BENCH_ELEMENT

static const char *const identity[] = {
    "{\"code\":\"too_small\",\"minimum\":1,\"type\":\"string\",\"inclusive\":true,\"exact\":false,"
    "\"message\":\"String must contain at least 1 character(s)\","
    "\"path\":[\"borrowers\"," ROW ",\"name\",\"first\"]}",
    "{\"validation\":\"regex\",\"code\":\"invalid_string\","
    "\"message\":\"SSN must look like 123-45-6789\",\"path\":[\"borrowers\"," ROW ",\"ssn\"]}",
    "{\"validation\":\"email\",\"code\":\"invalid_string\",\"message\":\"Invalid email\","
    "\"path\":[\"borrowers\"," ROW ",\"email\"]}",
    "{\"code\":\"invalid_string\",\"validation\":{\"startsWith\":\"+\"},"
    "\"message\":\"Invalid input: must start with \\\"+\\\"\","
    "\"path\":[\"borrowers\"," ROW ",\"phone\"]}",
    "{\"code\":\"invalid_date\",\"path\":[\"borrowers\"," ROW ",\"dateOfBirth\"],"
    "\"message\":\"Invalid date\"}",
    NULL,
};

static const char *const income[] = {
    "{\"code\":\"invalid_type\",\"expected\":\"number\",\"received\":\"undefined\","
    "\"path\":[\"borrowers\"," ROW ",\"income\",\"monthly\"],\"message\":\"Required\"}",
    "{\"code\":\"invalid_type\",\"expected\":\"number\",\"received\":\"string\","
    "\"path\":[\"borrowers\"," ROW ",\"income\",\"monthly\"],"
    "\"message\":\"Expected number, received string\"}",
    "{\"received\":\"GIFT\",\"code\":\"invalid_enum_value\","
    "\"options\":[\"RENT\",\"ALIMONY\",\"DIVIDENDS\",\"BONUS\"],"
    "\"path\":[\"borrowers\"," ROW ",\"income\",\"other\"," ELEMENT ",\"source\"],"
    "\"message\":\"Invalid enum value. Expected 'RENT' | 'ALIMONY' | 'DIVIDENDS' | 'BONUS', "
    "received 'GIFT'\"}",
    "{\"code\":\"too_small\",\"minimum\":0,\"type\":\"number\",\"inclusive\":true,\"exact\":false,"
    "\"message\":\"Number must be greater than or equal to 0\","
    "\"path\":[\"borrowers\"," ROW ",\"income\",\"other\"," ELEMENT ",\"amount\"]}",
    NULL,
};

static const char *const employment[] = {
    "{\"code\":\"too_small\",\"minimum\":1,\"type\":\"array\",\"inclusive\":true,\"exact\":false,"
    "\"message\":\"At least one employment is needed\","
    "\"path\":[\"borrowers\"," ROW ",\"employment\"]}",
    "{\"code\":\"invalid_union_discriminator\","
    "\"options\":[\"EMPLOYED\",\"SELF_EMPLOYED\",\"RETIRED\"],"
    "\"path\":[\"borrowers\"," ROW ",\"employment\"," ELEMENT ",\"type\"],"
    "\"message\":\"Invalid discriminator value. Expected 'EMPLOYED' | 'SELF_EMPLOYED' | "
    "'RETIRED'\"}",
    "{\"validation\":\"regex\",\"code\":\"invalid_string\",\"message\":\"Date must be YYYY-MM-DD\","
    "\"path\":[\"borrowers\"," ROW ",\"employment\"," ELEMENT ",\"since\"]}",
    "{\"code\":\"invalid_type\",\"expected\":\"integer\",\"received\":\"float\","
    "\"message\":\"Expected integer, received float\","
    "\"path\":[\"borrowers\"," ROW ",\"employment\"," ELEMENT ",\"hoursPerWeek\"]}",
    "{\"code\":\"too_big\",\"maximum\":80,\"type\":\"number\",\"inclusive\":true,\"exact\":false,"
    "\"message\":\"Number must be less than or equal to 80\","
    "\"path\":[\"borrowers\"," ROW ",\"employment\"," ELEMENT ",\"hoursPerWeek\"]}",
    NULL,
};

/* A union's own issues are within it. */
static const char *const assets[] = {
    "{\"code\":\"invalid_union\",\"unionErrors\":[{\"issues\":[{\"code\":\"invalid_type\","
    "\"expected\":\"number\",\"received\":\"string\",\"path\":[\"assets\"," ROW ",\"balance\"],"
    "\"message\":\"Expected number, received string\"}],\"name\":\"ZodError\"},{\"issues\":["
    "{\"received\":\"ACCOUNT\",\"code\":\"invalid_literal\",\"expected\":\"VEHICLE\","
    "\"path\":[\"assets\"," ROW ",\"kind\"],"
    "\"message\":\"Invalid literal value, expected \\\"VEHICLE\\\"\"},{\"code\":\"invalid_type\","
    "\"expected\":\"string\",\"received\":\"undefined\",\"path\":[\"assets\"," ROW ",\"vin\"],"
    "\"message\":\"Required\"}],\"name\":\"ZodError\"}],\"path\":[\"assets\"," ROW "],"
    "\"message\":\"Invalid input\"}",
    "{\"code\":\"invalid_type\",\"expected\":\"string\",\"received\":\"null\","
    "\"path\":[\"assets\"," ROW ",\"bank\"],\"message\":\"Expected string, received null\"}",
    NULL,
};

static const char *const liabilities[] = {
    "{\"received\":\"LOAN\",\"code\":\"invalid_enum_value\","
    "\"options\":[\"MORTGAGE\",\"CAR_LOAN\",\"CREDIT_CARD\",\"STUDENT_LOAN\"],"
    "\"path\":[\"liabilities\"," ROW ",\"type\"],"
    "\"message\":\"Invalid enum value. Expected 'MORTGAGE' | 'CAR_LOAN' | 'CREDIT_CARD' | "
    "'STUDENT_LOAN', received 'LOAN'\"}",
    "{\"code\":\"unrecognized_keys\",\"keys\":[\"payoff\"],\"path\":[\"liabilities\"," ROW "],"
    "\"message\":\"Unrecognized key(s) in object: 'payoff'\"}",
    "{\"code\":\"invalid_type\",\"expected\":\"number\",\"received\":\"undefined\","
    "\"path\":[\"liabilities\"," ROW ",\"balance\"],\"message\":\"Required\"}",
    "{\"code\":\"custom\",\"path\":[\"liabilities\"," ROW ",\"monthlyPayment\"],"
    "\"message\":\"Payment is more than what is owed\"}",
    NULL,
};

static const char *const documents[] = {
    "{\"code\":\"invalid_type\",\"expected\":\"number\",\"received\":\"undefined\","
    "\"path\":[\"documents\"," ROW ",\"pages\"],\"message\":\"Required\"}",
    "{\"validation\":\"regex\",\"code\":\"invalid_string\",\"message\":\"Invalid\","
    "\"path\":[\"documents\"," ROW ",\"sha256\"]}",
    "{\"validation\":\"datetime\",\"code\":\"invalid_string\",\"message\":\"Invalid datetime\","
    "\"path\":[\"documents\"," ROW ",\"uploadedAt\"]}",
    "{\"validation\":\"url\",\"code\":\"invalid_string\",\"message\":\"Invalid url\","
    "\"path\":[\"documents\"," ROW ",\"url\"]}",
    NULL,
};

const struct bench_rule bench_loan_rules[] = {
    {"CHECK_IDENTITY", "Borrowers must be identified", identity},
    {"CHECK_INCOME", "Income must be complete and positive", income},
    {"CHECK_EMPLOYMENT", "Employment must be documented", employment},
    {"CHECK_ASSETS", "Assets must be of a known kind", assets},
    {"CHECK_LIABILITIES", "Liabilities must be complete", liabilities},
    {"CHECK_DOCUMENTS", "Documents must be complete", documents},
    {NULL, NULL, NULL},
};

static const char *const incomes[] = {
    "{\"code\":\"invalid_type\",\"expected\":\"number\",\"received\":\"undefined\","
    "\"path\":[\"borrowers\"," ROW ",\"incomes\"," ELEMENT ",\"amount\"],\"message\":\"Required\"}",
    "{\"code\":\"invalid_type\",\"expected\":\"string\",\"received\":\"null\","
    "\"path\":[\"borrowers\"," ROW ",\"incomes\"," ELEMENT ",\"source\"],"
    "\"message\":\"Expected string, received null\"}",
    "{\"code\":\"invalid_type\",\"expected\":\"date\",\"received\":\"string\","
    "\"path\":[\"borrowers\"," ROW ",\"incomes\"," ELEMENT ",\"since\"],"
    "\"message\":\"Expected date, received string\"}",
    NULL,
};

static const char *const transactions[] = {
    "{\"code\":\"invalid_type\",\"expected\":\"number\",\"received\":\"string\","
    "\"path\":[\"assets\"," ROW ",\"items\"," ELEMENT ",\"value\"],"
    "\"message\":\"Expected number, received string\"}",
    "{\"code\":\"invalid_type\",\"expected\":\"string\",\"received\":\"undefined\","
    "\"path\":[\"assets\"," ROW ",\"items\"," ELEMENT ",\"currency\"],\"message\":\"Required\"}",
    NULL,
};

const struct bench_rule bench_position_rules[] = {
    {"CHECK_INCOME", "Income must be complete and positive", incomes},
    {"CHECK_ASSETS", "Assets must be of a known kind", transactions},
    {NULL, NULL, NULL},
};
