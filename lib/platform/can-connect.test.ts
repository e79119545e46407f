import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { canConnect } from "./can-connect";

test("a socket accepts while its server listens, and not before or after", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "voltlet-socket-"));
  const socketPath = path.join(folder, "s.sock");
  expect(await canConnect(socketPath)).toBe(false);
  const server = createServer((socket) => socket.end());
  await new Promise<void>((listening) => server.listen(socketPath, listening));
  expect(await canConnect(socketPath)).toBe(true);
  await new Promise((closed) => server.close(closed));
  expect(await canConnect(socketPath)).toBe(false);
  rmSync(folder, { recursive: true });
});
