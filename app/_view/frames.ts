import { translatorFor } from "@/app/_document/translator";
import type { ConsoleFrame } from "@/components/ui/console-shell";
import type { PhoneFrame } from "@/components/ui/phone-shell";
import { isPracticeInstallation } from "@/lib/access";
import type { OrgVisit } from "../_scope/require-org-scope";

/** The language of our words, until there are more than one. */
export const LANGUAGE = { lang: "en", dir: "ltr" } as const;

/** The frame of a page that does one thing; the seller's name where one is known. */
export async function phoneFrame(sellerName: string | null): Promise<PhoneFrame> {
  const isPractice = await isPracticeInstallation();
  return { t: translatorFor(LANGUAGE.lang), isPractice, sellerName };
}

/** The frame of a console page. */
export async function consoleFrame(
  visit: OrgVisit,
  organizationName: string,
  current: "buildings" | "audit" | "approvals" | "meters" = "buildings",
): Promise<ConsoleFrame> {
  const t = translatorFor(LANGUAGE.lang);
  const home = `/o/${visit.scope.slug}`;
  const nav = [
    { href: home, label: t("console.buildings"), isCurrent: current === "buildings" },
    ...(visit.scope.permissions.includes("audit:read")
      ? [{ href: `${home}/audit`, label: t("console.audit"), isCurrent: current === "audit" }]
      : []),
  ];
  return {
    t,
    isPractice: await isPracticeInstallation(),
    organizationName,
    personName: visit.person.name,
    nav,
    signOut: { action: "/sign-out", fields: [] },
  };
}
