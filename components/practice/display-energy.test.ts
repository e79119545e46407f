import { expect, test } from "vitest";
import { displayEnergy } from "./display-energy";

test.each([
  [0n, "0.000"],
  [7n, "0.007"],
  [31_204n, "31.204"],
  [1_638_300n, "1638.300"],
])("%s Wh stands on the display as %s", (energyWh, text) => {
  expect(displayEnergy(energyWh)).toBe(text);
});
