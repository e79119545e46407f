import type { AlarmView } from "@/components/property/alarm-notices";
import type { Translate } from "@/components/ui/translate";
import type { OrgScope } from "@/lib/access/shared";
import type { Alarms } from "@/lib/overview";

/**
 * What nobody may overlook, in words. That sales are closed is for everybody; a token that nothing
 * explains is for who answers for the books.
 */
export function alarmViews(
  { areSalesClosed, unexplained, last }: Alarms,
  scope: OrgScope,
  t: Translate,
): readonly AlarmView[] {
  const closed = { title: t("alarms.closedTitle"), text: t("alarms.closedText") };
  const meter = last?.meterNumber ?? "";
  const ghost = {
    title: t("alarms.unexplainedTitle", { count: unexplained }),
    text: t("alarms.unexplainedText", { meter }),
  };
  const seesBooks = scope.permissions.includes("audit:read");
  return [...(unexplained > 0 && seesBooks ? [ghost] : []), ...(areSalesClosed ? [closed] : [])];
}
