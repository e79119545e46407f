import { expect, it } from "vitest";
import { throughSignInGate } from "./sign-in-gate";

/** Work that ends when it is told to. */
function held() {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { work: () => promise, end: () => resolve("done") };
}

it("checks one at a time and turns the rest of one network away at once", async () => {
  const first = held();
  let begun = 0;
  const running = throughSignInGate("one", first.work);
  const others = Array.from({ length: 6 }, () =>
    throughSignInGate("one", async () => {
      begun++;
      return "done";
    }),
  );
  const [, , , , fifth, sixth] = others;
  expect(await Promise.all([fifth, sixth])).toEqual(["busy", "busy"]);
  expect(begun).toBe(0);
  first.end();
  expect(await running).toBe("done");
  expect(await Promise.all(others.slice(0, 4))).toEqual(["done", "done", "done", "done"]);
});

it("lets another network in before the crowd of the first", async () => {
  const first = held();
  const order: string[] = [];
  const told = (name: string) => async () => {
    order.push(name);
  };
  const running = throughSignInGate("crowd", first.work);
  const rest = ["crowd", "crowd", "crowd"].map((key) => throughSignInGate(key, told(key)));
  const other = throughSignInGate("other", told("other"));
  first.end();
  await Promise.all([running, ...rest, other]);
  expect(order).toEqual(["crowd", "other", "crowd", "crowd"]);
});

it("goes on after a check that fails, and tells its caller", async () => {
  const fails = throughSignInGate("one", () => Promise.reject(new Error("no database")));
  await expect(fails).rejects.toThrow("no database");
  expect(await throughSignInGate("one", async () => "next")).toBe("next");
});
