import { Writable } from "node:stream";
import { pino } from "pino";
import { expect, test } from "vitest";
import { REDACTED_PATHS } from "./log";

test("secrets and people are hidden at the top of a line and two levels down", () => {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const logger = pino({ redact: { paths: [...REDACTED_PATHS], censor: "[hidden]" } }, sink);
  logger.info({ password: "p-1", user: { email: "e-2" }, request: { body: { token: "t-3" } } });
  expect(lines.join("")).not.toMatch(/p-1|e-2|t-3/);
  expect(lines.join("").match(/\[hidden\]/g)).toHaveLength(3);
});
