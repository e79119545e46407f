import { listResidentScopes } from "@/lib/access";
import type { ResidentScope } from "@/lib/access/shared";
import type { SignedIn } from "@/lib/identity";
import { readOrigin } from "./request-origin";
import { requireSignedIn } from "./require-signed-in";

export type ResidentVisit = {
  readonly person: SignedIn;
  /** One for each organization that gave the person a lease; none for who holds no lease. */
  readonly scopes: readonly ResidentScope[];
};

/** Lets a resident in with the leases held, or ends the request at sign-in. */
export async function requireResidentScope(): Promise<ResidentVisit> {
  const person = await requireSignedIn();
  return { person, scopes: await listResidentScopes(person.userId, await readOrigin()) };
}
