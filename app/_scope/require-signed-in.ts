import type { Route } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { SignedIn } from "@/lib/identity";
import { parseNextPath, signInAddress } from "@/lib/identity/shared";
import { ASKED_PATH_HEADER } from "./asked-path";
import { findPerson } from "./signed-in";

/**
 * Somebody, or the end of the request at sign-in, which leads back to the page that was asked for.
 * What the person may see is the scope's affair.
 */
export async function requireSignedIn(): Promise<SignedIn> {
  const person = await findPerson();
  if (person) return person;
  const asked = (await headers()).get(ASKED_PATH_HEADER) ?? "";
  redirect(signInAddress(parseNextPath(asked)) as Route);
}
