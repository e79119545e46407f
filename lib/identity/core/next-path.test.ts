import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseNextPath, signInAddress } from "./next-path";

describe("where to go on to after sign-in", () => {
  it.each(["/", "/o/acacia", "/o/acacia/audit?who=x&page=2#end", "/invitation/abc_-", "/a%20b"])(
    "may be %s",
    (path) => {
      expect(parseNextPath(path)).toBe(path);
    },
  );

  it.each([
    "",
    "o/acacia",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "/\\/evil.example",
    "\\\\evil.example",
    "/o\\..\\\\evil.example",
    "https://evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    " /o",
    "/ /evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/o\r\nSet-Cookie: a=b",
    "/o\u0000",
    "/ö",
    `/${"a".repeat(10_000)}`,
  ])("is never %j", (text) => {
    expect(parseNextPath(text)).toBeNull();
  });

  it("stays on the site, whatever was written", () => {
    const odd = fc.string({ unit: fc.constantFrom("/", "\\", ".", "\t", ":", "@", "a", "%2f") });
    fc.assert(
      fc.property(odd, (text) => {
        const path = parseNextPath(text);
        const base = "https://voltlet.example/sign-in";
        if (path !== null) expect(new URL(path, base).host).toBe("voltlet.example");
      }),
    );
  });

  it("is carried in sign-in's address", () => {
    expect(signInAddress(null)).toBe("/sign-in");
    expect(signInAddress("/o/a?b=c&d")).toBe("/sign-in?next=%2Fo%2Fa%3Fb%3Dc%26d");
  });
});
