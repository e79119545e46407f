import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { SecretKey } from "@/lib/sts";
import { openCredentials, pathSecret, readCredentialKey, sealCredentials } from "./credential-box";

const key = new SecretKey(randomBytes(32));
const name = { organizationId: "o", endpointId: "e", version: 1 };
const secrets = { secretKey: "sk_test_1234567890" };
const refused = { ok: false, error: "does-not-open" };

it("credentials open to what they were, and hold none of it in the open", () => {
  const box = sealCredentials(key, name, secrets);
  expect(openCredentials(key, name, box)).toEqual({ ok: true, value: secrets });
  expect(Buffer.from(box.sealed).includes("sk_test")).toBe(false);
});

it.each([
  ["of another organization", { organizationId: "p" }],
  ["of another endpoint", { endpointId: "f" }],
  ["of another version", { version: 2 }],
])("a box taken for one %s does not open", (_what, change) => {
  const box = sealCredentials(key, name, secrets);
  expect(openCredentials(key, { ...name, ...change }, box)).toEqual(refused);
});

it("a box that was changed, cut or sealed under another key does not open", () => {
  const box = sealCredentials(key, name, secrets);
  const changed = box.sealed.map((byte, index) => (index === 3 ? byte ^ 1 : byte));
  expect(openCredentials(key, name, { ...box, sealed: changed })).toEqual(refused);
  expect(openCredentials(key, name, { ...box, nonce: box.nonce.subarray(1) })).toEqual(refused);
  expect(openCredentials(new SecretKey(randomBytes(32)), name, box)).toEqual(refused);
});

it("an endpoint's path is its own and names no provider", () => {
  expect(pathSecret(key, "e")).toMatch(/^[0-9a-f]{36}$/);
  expect(pathSecret(key, "e")).not.toBe(pathSecret(key, "f"));
});

it("a key file that others can read, or that holds something else, is refused", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "box-"));
  const file = path.join(folder, "key");
  await writeFile(file, randomBytes(32).toString("hex"), { mode: 0o600 });
  await expect(readCredentialKey(file)).resolves.toBeInstanceOf(SecretKey);
  await chmod(file, 0o644);
  await expect(readCredentialKey(file)).rejects.toThrow("chmod 600");
  await writeFile(file, "short");
  await chmod(file, 0o600);
  await expect(readCredentialKey(file)).rejects.toThrow("64 hex digits");
  await rm(folder, { recursive: true });
});
