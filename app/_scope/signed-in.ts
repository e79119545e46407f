import { cookies } from "next/headers";
import { cache } from "react";
import { findSignedIn, type SignedIn } from "@/lib/identity";

/** All cookies of the request by name. */
export async function readCookies(): Promise<Readonly<Record<string, string>>> {
  const jar = await cookies();
  return Object.fromEntries(jar.getAll().map((cookie) => [cookie.name, cookie.value]));
}

/** Who is signed in, asked once a request. Null for nobody. */
export const findPerson = cache(
  async (): Promise<SignedIn | null> => findSignedIn(await readCookies()),
);
