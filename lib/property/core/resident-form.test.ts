import { expect, it } from "vitest";
import {
  contactsOf,
  parseJoinForm,
  parseResidentContact,
  parseResidentName,
} from "./resident-form";

it.each([
  [
    { phone: "", email: "" },
    { phone: null, email: null },
  ],
  [
    { phone: "  ", email: "" },
    { phone: null, email: null },
  ],
  [
    { phone: "+254 700 000 204", email: "Joyce@Example.org" },
    { phone: "+254700000204", email: "joyce@example.org" },
  ],
  [
    { phone: "00254 (700) 000-204", email: "" },
    { phone: "+254700000204", email: null },
  ],
])("reads %j", (typed, contact) => {
  expect(parseResidentContact(typed)).toEqual({ ok: true, value: contact });
});

it.each([
  [{ phone: "0700 000 204", email: "" }, { phone: "not-a-phone" }],
  [{ phone: "joyce@example.org", email: "" }, { phone: "not-a-phone" }],
  [{ phone: "", email: "+254700000204" }, { email: "not-an-email" }],
  [
    { phone: "+254", email: "joyce@" },
    { phone: "not-a-phone", email: "not-an-email" },
  ],
  [{ phone: "+2547000002041234567", email: "" }, { phone: "not-a-phone" }],
  [{ phone: `+${"1".repeat(10_000)}`, email: "" }, { phone: "not-a-phone" }],
  [{ phone: "", email: "a@b.example\r\nBcc: c@d.example" }, { email: "not-an-email" }],
])("refuses %j", (typed, faults) => {
  expect(parseResidentContact(typed)).toEqual({ ok: false, error: faults });
});

it("names the contacts that are there, and none for none", () => {
  expect(contactsOf({ phone: null, email: null })).toEqual([]);
  expect(contactsOf({ phone: "+254700000204", email: "joyce@example.org" })).toEqual([
    { kind: "phone", value: "+254700000204" },
    { kind: "email", value: "joyce@example.org" },
  ]);
});

it("takes a name of any script without its control characters", () => {
  expect(parseResidentName(" Joyce\u0000\tChebet ")).toEqual({ ok: true, value: "Joyce Chebet" });
  expect(parseResidentName("ጆይስ ቼቤት")).toMatchObject({ ok: true });
  expect(parseResidentName(" \n ")).toEqual({ ok: false, error: "missing" });
  expect(parseResidentName("J".repeat(121))).toEqual({ ok: false, error: "too-long" });
});

const GOOD = { name: "Joyce Chebet", contact: "Joyce@example.org", password: "a long sentence" };

it("takes who joins, by e-mail or by phone", () => {
  expect(parseJoinForm(GOOD)).toEqual({
    ok: true,
    value: { ...GOOD, contact: { kind: "email", value: "joyce@example.org" } },
  });
  expect(parseJoinForm({ ...GOOD, contact: "+254 700 000 204" })).toMatchObject({
    ok: true,
    value: { contact: { kind: "phone", value: "+254700000204" } },
  });
});

it.each([
  [{}, { name: "missing", contact: "missing", password: "missing" }],
  [{ ...GOOD, name: " " }, { name: "missing" }],
  [{ ...GOOD, name: "J".repeat(2_000) }, { name: "too-long" }],
  [{ ...GOOD, contact: "0700000204" }, { contact: "not-a-contact" }],
  [{ ...GOOD, contact: "joyce" }, { contact: "not-a-contact" }],
  [{ ...GOOD, password: "too short" }, { password: "password-too-short" }],
  [{ ...GOOD, password: "🔑".repeat(11) }, { password: "password-too-short" }],
  [{ ...GOOD, password: "x".repeat(201) }, { password: "too-long" }],
])("names every fault of %j", (posted, faults) => {
  expect(parseJoinForm(posted)).toEqual({ ok: false, error: faults });
});
