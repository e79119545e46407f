import { redirect } from "next/navigation";
import type { SignedIn } from "@/lib/identity";
import { findPerson } from "./signed-in";

/**
 * Somebody, or the end of the request at sign-in. What the person may see is the scope's affair.
 */
export async function requireSignedIn(): Promise<SignedIn> {
  const person = await findPerson();
  if (!person) redirect("/sign-in");
  return person;
}
