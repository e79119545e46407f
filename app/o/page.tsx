import type { Route } from "next";
import { redirect } from "next/navigation";
import { listStaffSlugs } from "@/lib/access";
import { requireSignedIn } from "../_scope/require-signed-in";

/** The way in after sign-in: staff to their organization, residents to their home. */
export default async function ConsoleEntrance() {
  const person = await requireSignedIn();
  const [slug] = await listStaffSlugs(person.userId);
  redirect((slug ? `/o/${slug}` : "/home") as Route);
}
