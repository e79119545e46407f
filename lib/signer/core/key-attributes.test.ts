import { expect, test } from "vitest";
import { type AttributeName, parseAttributes } from "./key-attributes";

const GOOD = {
  organization: "019AB000-0000-7000-8000-000000000001",
  sgc: "600727",
  krn: "1",
  ken: "255",
  "base-date": "2014",
  "active-from": "2026-01-01",
  "issue-until": "2027-01-01",
  subclasses: "4,0,0",
  "credit-limit-kwh": "100000",
  "first-custodian": "Amina Otieno",
  "second-custodian": "Jane Wambui",
  "check-value": "AB 12 ef",
} as const;

test("what the Key Management Centre says is read as it is typed", () => {
  expect(parseAttributes(GOOD)).toEqual({
    ok: true,
    value: {
      organizationId: "019ab000-0000-7000-8000-000000000001",
      supplyGroupCode: "600727",
      keyRevisionNumber: 1,
      keyExpiryNumber: 255,
      baseDateYear: 2014,
      activeFrom: new Date("2026-01-01T00:00:00Z"),
      issueUntil: new Date("2027-01-01T00:00:00Z"),
      allowedSubclasses: [0, 4],
      creditLimitUnits: 1_000_000n,
      custodians: ["Amina Otieno", "Jane Wambui"],
      checkValue: "ab12ef",
    },
  });
});

test("an end, a limit and subclasses may be left out", () => {
  const { "issue-until": _until, "credit-limit-kwh": _limit, subclasses: _all, ...rest } = GOOD;
  expect(parseAttributes(rest)).toMatchObject({
    ok: true,
    value: {
      issueUntil: null,
      creditLimitUnits: null,
      allowedSubclasses: [0, 1, 2, 3, 4, 5, 6, 7],
    },
  });
});

const WRONG: readonly (readonly [AttributeName, string])[] = [
  ["organization", ""],
  ["organization", "acacia"],
  ["sgc", "60072"],
  ["sgc", "6007277"],
  ["krn", "0"],
  ["krn", "10"],
  ["ken", "256"],
  ["ken", "-1"],
  ["base-date", "2015"],
  ["base-date", "toString"],
  ["active-from", "tomorrow"],
  ["active-from", "2026-06-31"],
  ["issue-until", "2026-01-01"],
  ["issue-until", "2025-12-31"],
  ["subclasses", "8"],
  ["subclasses", "0;1"],
  ["credit-limit-kwh", "-1"],
  ["credit-limit-kwh", "1.5"],
  ["first-custodian", " "],
  ["second-custodian", ""],
  ["second-custodian", "amina otieno "],
  ["check-value", "12345"],
  ["check-value", "12345g"],
];

test.each(WRONG)("--%s is named when it is %j", (name, value) => {
  expect(parseAttributes({ ...GOOD, [name]: value })).toEqual({ ok: false, error: name });
});
