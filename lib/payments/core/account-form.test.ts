import { expect, it } from "vitest";
import { lastFourOf, parseAccount, parseAccountProvider } from "./account-form";

const stripe = { secretKey: "sk_test_1234567890", webhookSecret: "whsec_1234567890" };

it("an account is read, its secrets apart from what may be shown", () => {
  expect(
    parseAccount("paystack", { secretKey: " sk_test_12345678 ", receiptEmail: "a@example.org" }),
  ).toEqual({
    settings: { receiptEmail: "a@example.org" },
    secrets: { secretKey: "sk_test_12345678" },
  });
});

it("what is missing or of another form is named, and never repeated", () => {
  expect(parseAccount("stripe", { ...stripe, secretKey: "pk_test_1234567890" })).toEqual({
    code: "invalid",
    fields: ["secretKey"],
  });
  expect(parseAccount("mpesa", {})).toEqual({
    code: "invalid",
    fields: ["shortCode", "environment", "consumerKey", "consumerSecret", "passkey"],
  });
});

it("the last four are those of the key", () => {
  expect(lastFourOf(stripe)).toBe("7890");
});

it("practice money is no account that can be stored", () => {
  expect(parseAccountProvider("practice")).toBeNull();
});
