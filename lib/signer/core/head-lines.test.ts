import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HEAD_FILE_TITLE, headLine, type KnownHead, parseHeadLines } from "./head-lines";

const macUnder = (key: string) => (text: string) =>
  createHmac("sha256", key).update(text).digest("hex").slice(0, 16);
const mac = macUnder("ours");
const head = (sequence: bigint, organization = 1): KnownHead => ({
  organizationId: `019ab000-0000-7000-8000-00000000000${organization}`,
  chain: "signer-1",
  sequence,
  hash: Buffer.alloc(32, Number(sequence)),
});
const fileOf = (...heads: readonly KnownHead[]) =>
  `${HEAD_FILE_TITLE}\n${heads.map((one) => headLine(one, mac)).join("")}`;

describe("the file of heads", () => {
  test("gives the last head of each chain", () => {
    const text = fileOf(head(1n), head(7n, 2), head(2n));
    expect(parseHeadLines(text, mac)).toEqual({ ok: true, value: [head(2n), head(7n, 2)] });
  });

  test("is empty when there is nothing, or a title that was cut off", () => {
    for (const text of ["", "voltlet jour", `${HEAD_FILE_TITLE}\n`]) {
      expect(parseHeadLines(text, mac)).toEqual({ ok: true, value: [] });
    }
  });

  test("leaves out a last line that was cut off anywhere", () => {
    const whole = fileOf(head(1n));
    const cut = headLine(head(2n), mac);
    for (let length = 0; length < cut.length; length += 1) {
      const parsed = parseHeadLines(whole + cut.slice(0, length), mac);
      expect(parsed).toEqual({ ok: true, value: [head(1n)] });
    }
  });

  test("names the line that somebody changed, by any one character", () => {
    const lines = [head(1n), head(2n), head(3n)].map((one) => headLine(one, mac));
    fc.assert(
      fc.property(
        fc.nat((lines[1] ?? "").length - 2),
        fc.integer({ min: 33, max: 126 }),
        (at, code) => {
          const second = lines[1] ?? "";
          const other = `${second.slice(0, at)}${String.fromCharCode(code)}${second.slice(at + 1)}`;
          fc.pre(other !== second);
          const text = [`${HEAD_FILE_TITLE}\n`, lines[0], other, lines[2]].join("");
          expect(parseHeadLines(text, mac)).toEqual({ ok: false, error: { line: 3 } });
        },
      ),
    );
  });

  test("written under another key is not taken for ours", () => {
    expect(parseHeadLines(fileOf(head(1n)), macUnder("theirs"))).toEqual({
      ok: false,
      error: { line: 2 },
    });
    expect(parseHeadLines("another file\n", mac)).toEqual({ ok: false, error: { line: 1 } });
  });
});
