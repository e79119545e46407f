import { describe, expect, it } from "vitest";
import { translatorFor } from "./translator";

const t = translatorFor("en");
const signedInAs = (name: string) => t("homePage.hello", { name });

describe("a name inside a sentence", () => {
  it("stays as it was typed where it runs as the sentence does", () => {
    expect(signedInAs("Jane Wambui")).toBe("Signed in as Jane Wambui");
    expect(signedInAs("Zoë Đặng 林")).toBe("Signed in as Zoë Đặng 林");
  });

  it.each(["محمد الحسيني", "דנה כהן", "B-204 א"])("is isolated from it: %s", (name) => {
    expect(signedInAs(name)).toBe(`Signed in as \u2068${name}\u2069`);
  });

  it.each(["\u2069\u202edaor", "\u2067Jane", "\u2069\u2068Jane"])(
    "cannot reach past its own end by marks that nobody sees, %#",
    (name) => {
      const bare = name.replace(/[\u2066-\u2069]/gu, "");
      expect(signedInAs(name)).toBe(`Signed in as \u2068${bare}\u2069`);
    },
  );

  it("is isolated once more where the sentence becomes part of another", () => {
    const inner = signedInAs("דנה");
    expect(signedInAs(inner)).toBe(`Signed in as \u2068${inner}\u2069`);
  });

  it("leaves counts to the sentence", () => {
    expect(t("building.unitCount", { count: 2 })).toContain("2");
  });
});
