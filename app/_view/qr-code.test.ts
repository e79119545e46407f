import { expect, it } from "vitest";
import { qrCodeOf } from "./qr-code";

it("draws the modules of a code inside its white border", () => {
  const { size, path } = qrCodeOf("HTTPS://EXAMPLE.ORG/JOIN/0123456789ABCDEF");
  // A version has 17 modules and four more for its number, and four of border on each side.
  expect((size - 8 - 17) % 4).toBe(0);
  expect(path).toMatch(/^(M\d+ \d+h1v1h-1z)+$/);
  const cells = [...path.matchAll(/M(\d+) (\d+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
  for (const [x = 0, y = 0] of cells) {
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(4);
    expect(Math.max(x, y)).toBeLessThan(size - 4);
  }
  // The finder patterns: three corners begin with seven dark modules, the fourth does not.
  const isDark = (x: number, y: number) => cells.some(([cx, cy]) => cx === x && cy === y);
  const row = (x: number, y: number) => [0, 1, 2, 3, 4, 5, 6].every((step) => isDark(x + step, y));
  const far = size - 4 - 7;
  expect([row(4, 4), row(far, 4), row(4, far), row(far, far)]).toEqual([true, true, true, false]);
});
