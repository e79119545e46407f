import fc from "fast-check";
import { expect, test } from "vitest";
import { LineSplitter } from "./line-splitter";

const bytesOf = (text: string) => new TextEncoder().encode(text);

test("lines come out whole, wherever the stream was cut", () => {
  const line = fc.string({ unit: "grapheme", maxLength: 20 }).filter((text) => !/\n/.test(text));
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.integer({ min: 1, max: 9 })), (lines, cuts) => {
      const stream = bytesOf(lines.map((text) => `${text}\n`).join(""));
      const splitter = new LineSplitter(1_000);
      const found: string[] = [];
      for (let from = 0, cut = 0; from < stream.length; cut += 1) {
        const end = from + (cuts[cut % cuts.length] ?? 1);
        found.push(...splitter.push(stream.subarray(from, end)).lines);
        from = end;
      }
      expect(found).toEqual(lines);
      expect(splitter.hasBegun).toBe(false);
    }),
  );
});

test("a line of the longest length passes, one byte more does not, ended or not", () => {
  expect(new LineSplitter(4).push(bytesOf("abcd\n"))).toEqual({
    lines: ["abcd"],
    isTooLong: false,
  });
  expect(new LineSplitter(4).push(bytesOf("abcde\n"))).toEqual({ lines: [], isTooLong: true });
  const splitter = new LineSplitter(4);
  expect(splitter.push(bytesOf("a\nabcd"))).toEqual({ lines: ["a"], isTooLong: false });
  expect(splitter.hasBegun).toBe(true);
  expect(splitter.push(bytesOf("e"))).toEqual({ lines: [], isTooLong: true });
});
