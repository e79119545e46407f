import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { PlacesPage } from "@/components/people/places-page";
import { listResidentScopes, listStaffPlaces } from "@/lib/access";
import { systemClock } from "@/lib/platform";
import { requireSignedIn } from "../_scope/require-signed-in";
import { LANGUAGE, phoneFrame } from "../_view/frames";

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("places.title") };

/**
 * The way in after sign-in: staff to their organization, residents to their home, and who has
 * several of these to the list of them.
 */
export default async function ConsoleEntrance() {
  const { userId } = await requireSignedIn();
  const [places, homes] = await Promise.all([
    listStaffPlaces(userId, systemClock.now()),
    listResidentScopes(userId),
  ]);
  const [first] = places;
  if (!first) redirect("/home");
  if (places.length === 1 && homes.length === 0) redirect(`/o/${first.slug}` as Route);
  const frame = await phoneFrame(null);
  const { t } = frame;
  const organizations = places.map(({ slug, name, role }) => ({
    href: `/o/${slug}`,
    name,
    text: t("places.as", { role: t(`role.${role}`) }),
  }));
  const home = { href: "/home", name: t("places.home"), text: t("places.homeText") };
  const view = homes.length > 0 ? [...organizations, home] : organizations;
  return <PlacesPage frame={frame} places={view} />;
}
