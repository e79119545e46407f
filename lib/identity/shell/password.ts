import { hash, verify } from "@node-rs/argon2";

// argon2id with OWASP's second profile (19 MiB, two passes, one lane), about 50 ms here.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

// Checked when the e-mail is unknown, so that an unknown person takes as long as a wrong password.
let nobody: Promise<string> | undefined;

/** The stored form of a password, its salt and cost included. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** True when the password is the stored one. Without a stored one it works as long and says no. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword("nobody's password");
  const matches = await verify(stored ?? (await nobody), password);
  return stored !== null && matches;
}
