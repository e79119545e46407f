import { err, ok, type Result } from "@/lib/kernel";
import { parseName, parseNewPassword } from "../core/account-forms";
import type { ChangeNameError, ChangePasswordError } from "../errors";
import { isPasswordOf } from "./find-by-password";
import { hashPassword } from "./password";
import { signInTables } from "./sign-in-tables";

export type Account = {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly hasPassword: boolean;
};

/** What a person may see of themselves. */
export async function findAccount(userId: string): Promise<Account> {
  const { name, email, phone, credential } = await signInTables().user.findUniqueOrThrow({
    where: { id: userId },
    select: { name: true, email: true, phone: true, credential: { select: { userId: true } } },
  });
  return { name: name ?? "", email, phone, hasPassword: credential !== null };
}

/** Changes a person's own name. */
export async function changeName(
  userId: string,
  typed: string,
): Promise<Result<null, ChangeNameError>> {
  const name = parseName(typed);
  if (!name.ok) return name;
  await signInTables().user.update({ where: { id: userId }, data: { name: name.value } });
  return ok(null);
}

/**
 * Sets a person's password; where there is one, the current one has to be given, and wrong ones are
 * counted. Whoever calls ends the other sessions and rotates the own.
 */
export async function changePassword(
  userId: string,
  typed: { readonly current: string; readonly wanted: string },
  now: Date,
): Promise<Result<null, ChangePasswordError>> {
  const wanted = parseNewPassword(typed.wanted);
  if (!wanted.ok) return wanted;
  const { hasPassword } = await findAccount(userId);
  if (hasPassword && !(await isPasswordOf(userId, typed.current, now))) {
    return err({ code: "wrong-password" });
  }
  const credential = { passwordHash: await hashPassword(wanted.value), changedAt: now };
  const fresh = { tries: 0, triesSince: null, refusedUntil: null };
  await signInTables().passwordCredential.upsert({
    where: { userId },
    create: { userId, ...credential },
    update: { ...credential, ...fresh },
  });
  return ok(null);
}
