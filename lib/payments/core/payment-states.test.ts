import { expect, it } from "vitest";
import {
  FIRST_STATUSES,
  PAYMENT_STATUSES,
  PAYMENT_TRANSITIONS,
  parsePaymentStatus,
} from "./payment-states";

const reachedFrom = (starts: readonly string[]) => {
  const reached = new Set(starts);
  for (let size = 0; size !== reached.size; ) {
    size = reached.size;
    for (const [from, to] of PAYMENT_TRANSITIONS) if (reached.has(from)) reached.add(to);
  }
  return reached;
};

it("every state can be reached from a first one", () => {
  expect([...reachedFrom(FIRST_STATUSES)].toSorted()).toEqual(PAYMENT_STATUSES.toSorted());
});

it("money that went back or was charged back is never used again", () => {
  const after = (from: string) =>
    PAYMENT_TRANSITIONS.filter(([begin]) => begin === from).map(([, to]) => to);
  expect(after("refunded")).toEqual(["disputed"]);
  expect(after("charged_back")).toEqual([]);
});

it("a word that is no state is none", () => {
  expect(parsePaymentStatus("matched")).toBe("matched");
  expect(parsePaymentStatus("paid")).toBeNull();
});
