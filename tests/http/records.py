"""Collections of generated records: the same seed and number always give the same record, so that a test knows what
is on the server without asking it."""
import json
import random

STATUSES = ("FAILED", "COMPLETED", "DRAFT", "QUEUED", "RUNNING", "CANCELLED")
# Of a hundred records.
SHARES = (70, 20, 3, 3, 2, 2)
KEYS = ("CHECK_INCOME", "CHECK_ADDRESS", "CHECK_IDENTITY", "LOAN_APPLICATION", "COLLATERAL")
ISSUES = (
    ("invalid_type", "number", "string", ("borrowers", 0, "income"), "Expected number, received string"),
    ("too_small", None, None, ("borrowers", 0, "age"), "Number must be greater than or equal to 18"),
    ("custom", None, None, (), "The sum of the shares is not 100 %"),
    ("invalid_enum_value", None, "Wohnung", ("property", "kind"), "Invalid enum value"),
    ("invalid_string", None, None, ("borrowers", 0, "documents", 0, "id"), "Größe fehlt \u2014 \"id\""),
    ("unrecognized_keys", None, None, ("applicant", "a.b"), "Unrecognized key(s) in object: 'x\ty'"),
)


def mixed(seed, number):
    """A hash of two numbers (splitmix64): cheaper than a random generator for each record."""
    value = (seed * 0x9E3779B97F4A7C15 + number * 0xBF58476D1CE4E5B9 + 0x94D049BB133111EB) & (2**64 - 1)
    value = ((value ^ value >> 30) * 0xBF58476D1CE4E5B9) & (2**64 - 1)
    value = ((value ^ value >> 27) * 0x94D049BB133111EB) & (2**64 - 1)
    return value ^ value >> 31


def issue(rng):
    code, expected, received, path, message = rng.choice(ISSUES)
    made = {"code": code, "path": [rng.randrange(20) if step == 0 else step for step in path], "message": message}
    if expected is not None:
        made["expected"] = expected
    if received is not None:
        made["received"] = received
    return made


class Collection:
    """`records` records of one seed. `ids` gives the first of them other ids, `status` gives all one status."""

    def __init__(self, records, seed=1, ids=(), status=None):
        self.count = records
        self.seed = seed
        self.ids = list(ids)
        self.fixed = status
        self.numbers = {name: number for number, name in enumerate(self.ids)}

    def id_of(self, number):
        return self.ids[number] if number < len(self.ids) else f"rec-{number:06}"

    def number_of(self, name):
        """None when there is no such record."""
        if name in self.numbers:
            return self.numbers[name]
        digits = name[4:]
        if name[:4] != "rec-" or len(digits) != 6 or not digits.isascii() or not digits.isdigit():
            return None
        number = int(digits)
        return number if len(self.ids) <= number < self.count else None

    def status_of(self, number):
        if self.fixed:
            return self.fixed
        left = mixed(self.seed, number) % 100
        for status, share in zip(STATUSES, SHARES):
            if left < share:
                return status
            left -= share
        raise AssertionError("the shares are not a hundred")

    def document(self, number):
        """The status document, as a dict."""
        status = self.status_of(number)
        if status != "FAILED":
            return {"status": status}
        rng = random.Random(mixed(self.seed, number) ^ 1)
        return {"status": status, "errors": [
            {"message": f"{key} failed", "errors": [issue(rng) for _ in range(rng.randint(1, 4))], "key": key}
            for key in rng.sample(KEYS, rng.randint(1, 3))]}

    def body(self, number):
        return json.dumps(self.document(number), ensure_ascii=False).encode()

    def matching(self, status="ALL", search="", tags=()):
        """The numbers of the records that a listing has, in its order."""
        return [number for number in range(self.count)
                if status in ("ALL", self.status_of(number)) and search in self.name_of(number) and
                (not tags or self.tag_of(number) in tags)]

    def name_of(self, number):
        return f"Loan {number}"

    def tag_of(self, number):
        return "odd" if number % 2 else "even"

    def row(self, number):
        """A record as the listing shows it: large, and with members that look like a status document's."""
        failed = self.status_of(number) == "FAILED"
        rules = {key: {"status": "FAILED" if failed else "PASSED", "key": key, "run": {"id": "run-1", "status": "x"},
                       "input": {"id": "not the record's", "values": [number] * 8}} for key in KEYS}
        return {"config": {"id": "not this one", "status": "ACTIVE"}, "name": self.name_of(number) if number % 7 else None,
                "rules_count": len(KEYS), "rules_pass_count": 0, "rules_fail_count": len(KEYS), "rules_warn_count": 0,
                "rules": rules, "id": self.id_of(number), "status": self.status_of(number), "source": "api",
                "tags": [{"id": self.tag_of(number)}], "created_at": "2026-01-02T03:04:05Z", "updated_at": None}
