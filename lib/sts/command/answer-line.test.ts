import { describe, expect, it } from "vitest";
import { SAMPLE_STA_TABLES } from "../core/sta-tables";
import credit from "../core/vectors/credit-whole.json";
import currency from "../core/vectors/currency.json";
import currencyAmount from "../core/vectors/currency-amount.json";
import decodeFailure from "../core/vectors/decode-failure-whole.json";
import decode from "../core/vectors/decode-whole.json";
import dkga02 from "../core/vectors/dkga02.json";
import dkga04 from "../core/vectors/dkga04-whole.json";
import endToEnd from "../core/vectors/end-to-end-whole.json";
import keyChange from "../core/vectors/key-change.json";
import keyChangeThree from "../core/vectors/key-change-three.json";
import management from "../core/vectors/management.json";
import scenarios from "../core/vectors/meter-scenario-whole.json";
import meterTest from "../core/vectors/meter-test.json";
import sta from "../core/vectors/sta.json";
import { answerLine } from "./answer-line";
import { RequestKeys } from "./request-keys";

type Row = Readonly<Record<string, unknown>> & { readonly id: string };

const keys = new RequestKeys({ staTables: SAMPLE_STA_TABLES, switchedOn: [] });
const ask = (request: object): Record<string, unknown> =>
  JSON.parse(answerLine(JSON.stringify(request), keys));
const codeOf = (request: object) => (ask(request).error as { code?: string } | undefined)?.code;

/** The operation, its rows, and what of a row is the answer. */
const GROUPS: readonly (readonly [string, readonly Row[], readonly string[]])[] = [
  ["sta", sta, ["cipher"]],
  ["dkga02", dkga02, ["decoderKey"]],
  ["dkga04", dkga04, ["decoderKey", "dataBlock"]],
  ["currencyAmount", currencyAmount, ["field20", "decodedUnits"]],
  ["credit", credit, ["tid", "amountField", "token"]],
  ["credit", endToEnd, ["token"]],
  ["currency", currency, ["tid", "field20", "token"]],
  ["management", management, ["tid", "token"]],
  ["meterTest", meterTest, ["token"]],
  ["keyChange", keyChange, ["tokens"]],
  ["keyChange", keyChangeThree, ["tokens"]],
  ["decode", decode, ["decoded"]],
];

describe("a line of the sts command", () => {
  it.each(
    GROUPS.flatMap(([op, rows, names]) => rows.map((row) => [op, row.id, row, names] as const)),
  )("%s %s: answers as the vector says", (op, id, row, names) => {
    const given = Object.entries(row).filter(([name]) => !names.includes(name));
    const input = Object.fromEntries(given);
    if (op === "management" && "units" in input) delete input.valueField;
    const wanted = Object.fromEntries(names.map((name) => [name, row[name]]));
    expect(ask({ ...input, op })).toMatchObject({ id, result: wanted });
  });

  it.each(decodeFailure)("$id: refuses $token with $error", ({ error, ...row }) => {
    expect(codeOf({ ...row, op: "decode" })).toBe(error);
  });

  it.each(scenarios)("$id: the meter answers as the reference does", ({ steps, final, ...row }) => {
    const answer = ask({ ...row, op: "meterScenario", steps });
    expect(answer).toMatchObject({ result: { results: steps.map((s) => s.result), final } });
  });
});

describe("what a line may get wrong", () => {
  const key11 = "00112233445566778899aabbccddeeff";
  const time = "2026-03-01T12:00";
  const credited = {
    ...{ id: 7, op: "credit", ea: 11, decoderKey: key11, subclass: 0, rnd: 5, time },
    ...{ baseDate: 2014, units: 204 },
  };
  const managed = { ...credited, op: "management", valueField: 1, units: undefined };
  const tested = { op: "meterTest", subclass: 0, control: "1", mfrCode: 0 };
  const changed = {
    ...{ op: "keyChange", ea: 11, decoderKey: key11, newDecoderKey: key11, ken: 255, krn: 1 },
    ...{ ro: 0, kt: 2, ti: 1, sgc: "123457" },
  };
  const vendingKey = "abababababababab";
  const from = {
    ...{ dkga: 2, vendingKey, pan: "01045127071", ea: 7, kt: 2, sgc: "123457", ti: 1, krn: 1 },
    baseDate: 1993,
  };
  const between = { op: "keyChange", from, to: { ...from, krn: 2, baseDate: 2014 }, newKen: 255 };

  it("answers a good one, so that the refusals below mean something", () => {
    for (const good of [credited, managed, tested, changed, between]) {
      expect(ask(good)).toHaveProperty("result");
    }
    expect(ask(between)).toMatchObject({ result: { ro: 1 } });
  });

  it.each<[string, object, string]>([
    ["no op", { id: 1 }, "bad-request"],
    ["an unknown op", { op: "toString" }, "bad-request"],
    ["a list", [], "bad-request"],
    ["EA09", { ...credited, ea: 9 }, "bad-request"],
    ["a key of the wrong length", { ...credited, ea: 7 }, "bad-request"],
    ["no such day", { ...credited, time: "2026-02-30T00:00" }, "bad-request"],
    ["no such base date", { ...credited, baseDate: 2000 }, "bad-request"],
    ["before the base date", { ...credited, time: "2013-12-31T23:59" }, "RangeError"],
    ["past the 24 bits", { ...credited, time: "2045-11-24T20:16" }, "RangeError"],
    ["an expired key", { ...credited, ken: 10 }, "KeyExpiredError"],
    ["units below zero", { ...credited, units: -1 }, "RangeError"],
    ["units beyond the field", { ...credited, units: 18_201_625 }, "RangeError"],
    ["RND of five bits", { ...credited, rnd: 16 }, "RangeError"],
    ["credit of subclass 4", { ...credited, subclass: 4 }, "RangeError"],
    ["credit under a default key", { ...credited, kt: 1 }, "KeyTypeError"],
    ["credit under a common key", { ...credited, kt: 3 }, "KeyTypeError"],
    ["an unknown register", { ...managed, subclass: 1, valueField: 8 }, "RangeError"],
    ["a tamper token that says something", { ...managed, subclass: 5 }, "RangeError"],
    ["a key change as management", { ...managed, subclass: 3 }, "RangeError"],
    ["a four-digit maker in two digits", { ...tested, mfrCode: 100 }, "RangeError"],
    ["a two-digit maker in four digits", { ...tested, subclass: 1, mfrCode: 99 }, "RangeError"],
    ["a control too wide", { ...tested, subclass: 1, control: "10000000" }, "RangeError"],
    ["a reserved test", { ...tested, subclass: 3 }, "RangeError"],
    ["two tokens for EA11", { ...changed, count: 2 }, "RangeError"],
    ["KRN 0", { ...changed, krn: 0 }, "RangeError"],
    ["another algorithm", { ...between, to: { ...from, ea: 11 } }, "bad-request"],
    ["an initial key again", { ...between, to: { ...from, kt: 0 } }, "KeyTypeError"],
    ["a wrong check digit", { op: "pan", pan: "12345678904" }, "PanError"],
    ["DKGA01 unasked", { ...between, from: { ...from, dkga: 1 } }, "bad-request"],
    ["Arabic-Indic digits", { op: "decode", token: "٠".repeat(20) }, "FormatError"],
    ["blanks between digits", { op: "decode", token: "1234 5678 9012 3456 7890" }, "FormatError"],
  ])("refuses %s", (_what, request, code) => {
    expect(codeOf(request)).toBe(code);
  });

  it("answers what is no JSON, and whatever else is wrong, without ending", () => {
    expect(JSON.parse(answerLine("{", keys))).toMatchObject({ id: null });
    const deep = `{"id":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
    expect(JSON.parse(answerLine(deep, keys))).toHaveProperty("error");
  });

  it("rounds a part of a unit up to a whole one", () => {
    expect(ask({ op: "amount", units: 20.4 })).toMatchObject({ result: { field: 21 } });
    const half = { op: "currencyAmount", units: "-0.5" };
    expect(ask(half)).toMatchObject({ result: { field20: "00000" } });
  });
});
