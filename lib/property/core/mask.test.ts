import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskName } from "./mask-name";
import { maskUnit } from "./mask-unit";

describe("a resident's name, for a guest", () => {
  it.each([
    ["Jane Wambui", "J••• W•••"],
    ["Jo Li", "J••• L•••"],
    ["Jane Akinyi Wambui", "J••• W•••"],
    ["Jane", "J•••"],
    ["  Jane   Wambui ", "J••• W•••"],
    ["Élodie N'Diaye", "É••• N•••"],
    ["E\u0301lodie Ngugi", "E\u0301••• N•••"],
    ["(Jane) 'Wambui'", "J••• W•••"],
    ["محمد علي", "م••• ع•••"],
    ["\u202eJane Wambui", "J••• W•••"],
    ["प्रिया कुमारी", "प्रि••• कु•••"],
    ["𠮷田 太郎", "𠮷••• 太•••"],
    ["Jane —", "J•••"],
    ["", "•••"],
    ["   ", "•••"],
    ["— …", "•••"],
  ])("%j is shown as %j", (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it("does not tell how long a name is", () => {
    const word = fc.stringMatching(/^[A-Z][a-z]{0,30}$/);
    fc.assert(
      fc.property(word, word, (first, last) => {
        expect(maskName(`${first} ${last}`)).toHaveLength(9);
      }),
    );
  });

  it("answers for every text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        expect(maskName(name)).toContain("•••");
      }),
    );
  });
});

describe("a unit's label, for a guest", () => {
  it.each([
    ["B-204", "B-2••"],
    ["204", "2••"],
    ["12", "1•"],
    ["7", "•"],
    ["Shop 7", "Shop •"],
    ["B-204/3", "B-2••/•"],
    ["204B", "2•••"],
    ["٢٠٤", "٢••"],
    ["Penthouse", "P•••"],
    ["غرفة", "غ•••"],
    ["", "•••"],
  ])("%j is shown as %j", (label, masked) => {
    expect(maskUnit(label)).toBe(masked);
  });

  it("never shows a whole label that has a letter or digit", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (label) => {
        fc.pre(/[\p{L}\p{N}]/u.test(label) && !label.includes("•"));
        expect(maskUnit(label)).not.toBe(label);
      }),
    );
  });
});
