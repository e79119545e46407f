import { cookies } from "next/headers";
import type { RequestOrigin } from "@/lib/access/shared";
import { signInAs } from "@/lib/identity";

const ATTRIBUTES: Readonly<Record<string, "lax" | "strict" | "none">> = {
  Lax: "lax",
  Strict: "strict",
  None: "none",
};

/**
 * A fresh session for the person of this request, whose sessions an action has just ended with the
 * rights they were made for.
 */
export async function signInAnew(userId: string, origin: RequestOrigin | null): Promise<void> {
  const jar = await cookies();
  for (const line of await signInAs(userId, origin)) {
    const [pair = "", ...attributes] = line.split(/;\s*/);
    const [name = "", value = ""] = pair.split("=");
    const told = new Map(attributes.map((one) => one.split("=") as [string, string | undefined]));
    const expires = told.get("Expires");
    jar.set(name, decodeURIComponent(value), {
      path: told.get("Path") ?? "/",
      httpOnly: told.has("HttpOnly"),
      secure: told.has("Secure"),
      sameSite: ATTRIBUTES[told.get("SameSite") ?? ""] ?? "lax",
      ...(expires ? { expires: new Date(expires) } : {}),
    });
  }
}
