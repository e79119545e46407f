import type { NeedView } from "@/components/property/needs-you";
import type { Need } from "@/lib/overview";
import { type FacadeContext, needText } from "./facade-view";

type NeedContext = FacadeContext & { readonly managesMeters: boolean };

/** What waits for a person, each with the page that settles it. */
export function needRows(needs: readonly Need[], context: NeedContext): readonly NeedView[] {
  return needs.map((need) => {
    const { kind, unitId, unitLabel, subjectId } = need;
    return {
      key: `${kind} ${subjectId ?? unitId} ${need.at?.getTime() ?? ""}`,
      href: hrefOf(need, context),
      label: unitLabel,
      text: needText(need, context),
    };
  });
}

function hrefOf({ kind, unitId, subjectId }: Need, context: NeedContext): string {
  const { org, seesMoney, managesMeters } = context;
  const isMoney = kind === "no-token" || kind === "refund-due";
  if (isMoney && seesMoney && subjectId) return `/o/${org}/purchases/${subjectId}`;
  const isMeter = kind === "contested" || kind === "out-unread";
  if (isMeter && managesMeters && subjectId) return `/o/${org}/meters/${subjectId}`;
  return `/o/${org}/units/${unitId}`;
}
