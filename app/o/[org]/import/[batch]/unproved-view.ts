import { meterNumberText } from "@/app/_view/purchase-texts";
import type { SheetPageView } from "@/components/onboarding/sheet-page";
import type { Translate } from "@/components/ui/translate";
import type { OrgScope } from "@/lib/access/shared";
import type { SheetPage } from "@/lib/onboarding";

/** The numbers that are claimed alone, with the way on; the links for who may prove them. */
export function unprovedView(
  { count, meters }: SheetPage["unproved"],
  context: { readonly org: string; readonly scope: OrgScope; readonly t: Translate },
): SheetPageView["unproved"] {
  const { org, scope, t } = context;
  if (count === 0) return null;
  const path = `/o/${org}/meters`;
  const mayProve = scope.permissions.includes("meter:manage");
  const links = meters.map(({ id, number }) => ({
    href: `${path}/${id}`,
    label: meterNumberText(number),
  }));
  return {
    title: t("import.unprovedTitle", { count }),
    text: t(mayProve ? "import.unprovedText" : "import.unprovedTell"),
    links: mayProve ? links : [],
    all:
      mayProve && count > links.length
        ? { href: `${path}?state=claimed`, label: t("import.unprovedAll", { count }) }
        : null,
  };
}
