import { expect, test } from "vitest";
import { z } from "zod";
import { parseEnv } from "./env";

const schema = z.object({ PORT: z.coerce.number().int().default(3000), KEY: z.string().min(8) });

test("every variable that is missing or wrong is named in one line", () => {
  const fault = () => parseEnv(schema, { PORT: "many" });
  expect(fault).toThrow(/^The environment is incomplete: PORT: .+; KEY is missing\.$/);
});

test("a value never appears in the message, for it may be a secret", () => {
  const fault = () => parseEnv(schema, { KEY: "hunter2" });
  expect(fault).toThrow(/KEY/);
  expect(fault).not.toThrow(/hunter2/);
});

test("a variable that is set to nothing counts as unset", () => {
  expect(parseEnv(schema, { PORT: "", KEY: "long enough" }).PORT).toBe(3000);
  expect(() => parseEnv(schema, { KEY: "" })).toThrow(/KEY is missing/);
});
