import { describe, expect, it } from "vitest";
import { newId, systemClock } from "@/lib/platform";
import { changeName, changePassword, findAccount } from "./account";
import { createPerson, findPersonByEmail, findPersons } from "./persons";
import { signIn } from "./sign-in";

const now = systemClock.now();
const password = "a long enough password";
const wanted = "another long password";

async function newPerson(withPassword = true) {
  const email = `${newId()}@example.org`;
  const secret = withPassword ? { password } : {};
  return { email, userId: await createPerson({ name: "Amina", email, ...secret, now }) };
}

describe("a password", () => {
  it("is changed by who knows the one of now; the old one opens nothing any more", async () => {
    const { email, userId } = await newPerson();
    const changed = await changePassword(userId, { current: password, wanted }, now);
    expect(changed).toEqual({ ok: true, value: null });
    expect(await signIn({ email, password })).toBeNull();
    expect(await signIn({ email, password: wanted })).not.toBeNull();
  });

  it("is set without another one by who has none", async () => {
    const { email, userId } = await newPerson(false);
    expect((await findAccount(userId)).hasPassword).toBe(false);
    expect((await changePassword(userId, { current: "", wanted }, now)).ok).toBe(true);
    expect((await findAccount(userId)).hasPassword).toBe(true);
    expect(await signIn({ email, password: wanted })).not.toBeNull();
  });

  it.each([
    ["a wrong one of now", { current: "wrong", wanted }, "wrong-password"],
    ["none of now", { current: "", wanted }, "wrong-password"],
    ["another's", { current: wanted, wanted }, "wrong-password"],
    ["a short new one", { current: password, wanted: "eleven char" }, "password-too-short"],
    ["a very long one", { current: password, wanted: "x".repeat(10_000) }, "password-too-long"],
    ["a very long one of now", { current: "x".repeat(10_000), wanted }, "wrong-password"],
  ])("stays with %s", async (_what, typed, code) => {
    const { email, userId } = await newPerson();
    expect(await changePassword(userId, typed, now)).toMatchObject({ ok: false, error: { code } });
    expect(await signIn({ email, password })).not.toBeNull();
  });

  it("cannot be guessed at on the account's page either: ten tries, then none", async () => {
    const { email, userId } = await newPerson();
    const guess = () => changePassword(userId, { current: "wrong", wanted }, now);
    await Promise.all(Array.from({ length: 12 }, guess));
    const right = { current: password, wanted };
    expect(await changePassword(userId, right, now)).toMatchObject({ ok: false });
    expect(await signIn({ email, password }, null, { now })).toBeNull();
  });
});

describe("a name", () => {
  it("is changed, without line breaks and space around it", async () => {
    const { email, userId } = await newPerson();
    expect((await changeName(userId, " Amina\r\nOdhiambo ")).ok).toBe(true);
    expect((await findAccount(userId)).name).toBe("Amina Odhiambo");
    expect((await findPersonByEmail(email))?.name).toBe("Amina Odhiambo");
  });

  it.each(["", " \n ", "x".repeat(121), "x".repeat(10_000)])("stays with %j", async (typed) => {
    const { userId } = await newPerson();
    expect((await changeName(userId, typed)).ok).toBe(false);
    expect((await findPersons([userId])).get(userId)?.name).toBe("Amina");
  });
});
