/*
 * Texts of issues that are unlike the usual ones: that never come again, or that are dear to read.
 */
#include "payload.h"

#include <stddef.h>

#define ROW BENCH_ROW
#define ELEMENT BENCH_ELEMENT
#define SERIAL BENCH_SERIAL

/* A message of its own in every issue: plain text, and text with escapes. */
static const char *const payments[] = {
    "{\"code\":\"custom\",\"message\":\"Payment of $" SERIAL " is more than the $" ROW
    " owed\",\"path\":[\"liabilities\"," ROW ",\"monthlyPayment\"]}",
    NULL,
};

static const char *const escaped_payments[] = {
    "{\"code\":\"custom\",\"message\":\"Payment of \\\"$" SERIAL
    "\\\" by Zoë O'Brien\\u2014Núñez is more than the €" ROW " owed\","
    "\"path\":[\"liabilities\"," ROW ",\"monthlyPayment\"]}",
    NULL,
};

/* A received value of its own as well. */
static const char *const sources[] = {
    "{\"received\":\"GIFT-" SERIAL "\",\"code\":\"invalid_enum_value\","
    "\"options\":[\"RENT\",\"ALIMONY\",\"DIVIDENDS\",\"BONUS\"],\"path\":[\"borrowers\"," ROW
    ",\"income\",\"other\"," ELEMENT ",\"source\"],"
    "\"message\":\"Invalid enum value. Expected 'RENT' | 'ALIMONY' | 'DIVIDENDS' | 'BONUS',"
    " received 'GIFT-" SERIAL "'\"}",
    NULL,
};

/* Escapes and text that is not ASCII, wherever there can be any. */
static const char *const names[] = {
    "{\"code\":\"too_small\",\"minimum\":1,\"type\":\"string\",\"inclusive\":true,"
    "\"exact\":false,\"message\":\"Le nom de l\\u2019emprunteur doit être renseigné\","
    "\"path\":[\"emprunteurs\"," ROW ",\"prénom\"]}",
    "{\"validation\":\"regex\",\"code\":\"invalid_string\","
    "\"message\":\"Must match \\/^\\\\d{3}-\\\\d{2}-\\\\d{4}$\\/ \\u2026\","
    "\"path\":[\"emprunteurs\"," ROW ",\"sécurité \\\"sociale\\\"\"]}",
    "{\"code\":\"invalid_type\",\"expected\":\"chaîne\",\"received\":\"ind\\u00e9fini\","
    "\"path\":[\"emprunteurs\"," ROW ",\"adresse\",\"\\u00e9tage\"],"
    "\"message\":\"Obligatoire \\ud83d\\ude00\"}",
    "{\"received\":\"été\\t\\\"2024\\\"\",\"code\":\"invalid_literal\","
    "\"expected\":\"hiver\\\\été\",\"path\":[\"emprunteurs\"," ROW ",\"saison\\/année\"],"
    "\"message\":\"Valeur incorrecte, attendu \\\"hiver\\\\été\\\"\\nreçu \\\"été\\\"\"}",
    NULL,
};

static const char *const incomes_abroad[] = {
    "{\"code\":\"invalid_type\",\"expected\":\"数値\",\"received\":\"文字列\",\"path\":["
    "\"借り手\"," ROW ",\"収入\"," ELEMENT
    ",\"金額\"],\"message\":\"数値が必要ですが、\\\"文字列\\\"を受け取りました\"}",
    "{\"code\":\"invalid_type\",\"expected\":\"number\","
    "\"received\":\"\\u672a\\u5b9a\\u7fa9\",\"path\":[\"\\u501f\\u308a\\u624b\"," ROW ","
    "\"収入\"," ELEMENT ",\"通貨\"],\"message\":\"\\u5fc5\\u9808\\u9805\\u76ee\\u3067\\u3059\"}",
    "{\"received\":\"¥\\u00a0円\",\"code\":\"invalid_enum_value\","
    "\"options\":[\"\\\"円\\\"\",\"\\\"€\\\"\",\"\\\"\\\\$\\\"\"],\"path\":[\"借り手\"," ROW ","
    "\"収入\"," ELEMENT ",\"\\\"単位\\\"\"],"
    "\"message\":\"Invalid enum value. Expected '\\\"円\\\"' | '\\\"€\\\"' | '\\\"\\\\$\\\"',"
    " received '¥\\u00a0円'\"}",
    NULL,
};

/* Unions within unions, of Zod 3 and of Zod 4: most of the text is within. */
static const char *const holdings[] = {
    "{\"code\":\"invalid_union\",\"unionErrors\":[{\"issues\":[{\"code\":\"invalid_union\","
    "\"unionErrors\":[{\"issues\":[{\"code\":\"invalid_type\",\"expected\":\"number\","
    "\"received\":\"string\",\"path\":[\"assets\"," ROW ",\"balance\",\"amount\"],"
    "\"message\":\"Expected number, received string\"}],\"name\":\"ZodError\"},"
    "{\"issues\":[{\"code\":\"invalid_type\",\"expected\":\"string\",\"received\":\"null\","
    "\"path\":[\"assets\"," ROW ",\"balance\",\"currency\"],\"message\":\"Expected string,"
    " received null\"},{\"code\":\"too_small\",\"minimum\":3,\"type\":\"string\","
    "\"inclusive\":true,\"exact\":true,"
    "\"message\":\"String must contain exactly 3 character(s)\",\"path\":[\"assets\"," ROW
    ",\"balance\",\"currency\"]}],\"name\":\"ZodError\"}],\"path\":[\"assets\"," ROW ","
    "\"balance\"],\"message\":\"Invalid input\"}],\"name\":\"ZodError\"},"
    "{\"issues\":[{\"received\":\"ACCOUNT\",\"code\":\"invalid_literal\","
    "\"expected\":\"VEHICLE\",\"path\":[\"assets\"," ROW ",\"kind\"],"
    "\"message\":\"Invalid literal value, expected \\\"VEHICLE\\\"\"},"
    "{\"code\":\"invalid_type\",\"expected\":\"string\",\"received\":\"undefined\","
    "\"path\":[\"assets\"," ROW ",\"vin\"],\"message\":\"Required\"}],"
    "\"name\":\"ZodError\"},{\"issues\":[{\"received\":\"ACCOUNT\","
    "\"code\":\"invalid_literal\",\"expected\":\"HOUSE\",\"path\":[\"assets\"," ROW ","
    "\"kind\"],\"message\":\"Invalid literal value, expected \\\"HOUSE\\\"\"},"
    "{\"code\":\"invalid_type\",\"expected\":\"object\",\"received\":\"undefined\","
    "\"path\":[\"assets\"," ROW ",\"address\"],\"message\":\"Required\"}],"
    "\"name\":\"ZodError\"}],\"path\":[\"assets\"," ROW "],\"message\":\"Invalid input\"}",
    "{\"code\":\"invalid_union\",\"unionErrors\":[{\"issues\":[{\"code\":\"invalid_type\","
    "\"expected\":\"string\",\"received\":\"object\",\"path\":[\"assets\"," ROW ","
    "\"owners\"," ELEMENT "],\"message\":\"Expected string, received object\"}],"
    "\"name\":\"ZodError\"},{\"issues\":[{\"code\":\"invalid_type\","
    "\"expected\":\"number\",\"received\":\"string\",\"path\":[\"assets\"," ROW ","
    "\"owners\"," ELEMENT ",\"share\"],\"message\":\"Expected number, received string\"}],"
    "\"name\":\"ZodError\"}],\"path\":[\"assets\"," ROW ",\"owners\"," ELEMENT "],"
    "\"message\":\"Invalid input\"}",
    NULL,
};

static const char *const collateral[] = {
    "{\"code\":\"invalid_union\",\"errors\":[[{\"code\":\"invalid_union\","
    "\"errors\":[[{\"expected\":\"string\",\"code\":\"invalid_type\",\"path\":[],"
    "\"message\":\"Invalid input: expected string, received null\"}],"
    "[{\"expected\":\"number\",\"code\":\"invalid_type\",\"path\":[],"
    "\"message\":\"Invalid input: expected number, received null\"}]],\"path\":[\"value\"],"
    "\"message\":\"Invalid input\"}],[{\"code\":\"invalid_value\",\"values\":[\"HOUSE\"],"
    "\"path\":[\"kind\"],\"message\":\"Invalid input: expected \\\"HOUSE\\\"\"},"
    "{\"expected\":\"string\",\"code\":\"invalid_type\",\"path\":[\"address\",\"city\"],"
    "\"message\":\"Invalid input: expected string, received undefined\"}],"
    "[{\"expected\":\"boolean\",\"code\":\"invalid_type\",\"path\":[],"
    "\"message\":\"Invalid input: expected boolean, received object\"}]],"
    "\"path\":[\"collateral\"," ROW "],\"message\":\"Invalid input\"}",
    "{\"code\":\"invalid_key\",\"origin\":\"record\",\"issues\":[{\"origin\":\"string\","
    "\"code\":\"too_small\",\"minimum\":3,\"inclusive\":true,\"path\":[],"
    "\"message\":\"Too small: expected string to have >=3 characters\"}],"
    "\"path\":[\"collateral\"," ROW ",\"tags\",\"a\"],\"message\":\"Invalid key in record\"}",
    NULL,
};

const struct bench_rule bench_message_rules[] = {
    {"CHECK_LIABILITIES", "Liabilities must be complete", payments},
    {NULL, NULL, NULL},
};

const struct bench_rule bench_escaped_message_rules[] = {
    {"CHECK_LIABILITIES", "Liabilities must be complete", escaped_payments},
    {NULL, NULL, NULL},
};

const struct bench_rule bench_received_rules[] = {
    {"CHECK_INCOME", "Income must be complete and positive", sources},
    {NULL, NULL, NULL},
};

const struct bench_rule bench_escape_rules[] = {
    {"VÉRIFIER_IDENTITÉ", "L\\u2019emprunteur doit être \\\"identifié\\\"", names},
    {"\\u53ce\\u5165_確認", "収入は\\\"完全\\\"でなければなりません\\n", incomes_abroad},
    {NULL, NULL, NULL},
};

const struct bench_rule bench_union_rules[] = {
    {"CHECK_ASSETS", "Assets must be of a known kind", holdings},
    {"CHECK_COLLATERAL", "Collateral must be of a known kind", collateral},
    {NULL, NULL, NULL},
};
