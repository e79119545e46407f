import { describe, expect, it } from "vitest";
import { endpointSecret } from "./endpoint-secret";
import { signWebhook, verifyWebhook } from "./webhook-signature";

const NOW = new Date("2026-02-01T09:00:00Z");
const secret = endpointSecret("master", "0197-endpoint");
const rawBody = '{"attemptId":"a","amountMinor":"50000","payee":"Mẹ"}';
const signature = signWebhook({ rawBody, secret, now: NOW });
const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const verify = (change: Partial<Parameters<typeof verifyWebhook>[0]>) =>
  verifyWebhook({ rawBody, secret, now: NOW, signature, ...change });

describe("a webhook's signature", () => {
  it("lets through what was signed, read as JSON", () => {
    expect(verify({})).toEqual({
      ok: true,
      value: { attemptId: "a", amountMinor: "50000", payee: "Mẹ" },
    });
  });

  it("is over the bytes as they came, not over what they mean", () => {
    expect(verify({ rawBody: rawBody.replace(",", ", ") })).toMatchObject({
      error: "signature-wrong",
    });
  });

  it.each([
    ["no header", null, "signature-missing"],
    ["an empty header", "", "signature-missing"],
    ["a header of another form", "sha256=abc", "signature-wrong"],
    ["no time", signature.replace(/^t=\d+,/, ""), "signature-wrong"],
    ["another time", signature.replace(/^t=(\d+)/, "t=1"), "signature-wrong"],
    ["a shorter mac", signature.slice(0, -2), "signature-wrong"],
    ["a longer mac", `${signature}00`, "signature-wrong"],
    ["a flipped digit", signature.replace(/.$/, (d) => (d === "0" ? "1" : "0")), "signature-wrong"],
    ["capital digits", signature.toUpperCase(), "signature-wrong"],
  ])("refuses %s", (_what, header, error) => {
    expect(verify({ signature: header })).toEqual({ ok: false, error });
  });

  it("refuses another endpoint's secret", () => {
    const other = endpointSecret("master", "0198-endpoint");
    expect(verify({ secret: other })).toMatchObject({ error: "signature-wrong" });
  });

  it.each([
    [300, true],
    [301, false],
    [-300, true],
    [-301, false],
  ])("is good for five minutes: %i seconds later %s", (seconds, isGood) => {
    const answer = verify({ now: after(seconds) });
    expect(answer.ok).toBe(isGood);
    if (!answer.ok) expect(answer.error).toBe("signature-too-old");
  });

  it("does not make prose of a body JSON", () => {
    const body = "paid, honestly";
    const signed = signWebhook({ rawBody: body, secret, now: NOW });
    expect(verify({ rawBody: body, signature: signed })).toMatchObject({ error: "not-json" });
  });
});

it("an endpoint's secret is 64 hex digits and its own", () => {
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(endpointSecret("master", "b")).not.toBe(endpointSecret("other", "b"));
});
