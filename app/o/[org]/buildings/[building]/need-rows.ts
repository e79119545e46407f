import type { NeedView } from "@/components/property/needs-you";
import type { Need } from "@/lib/overview";
import { type FacadeContext, needText } from "./facade-view";

/** What waits for a person, each with the page that settles it. */
export function needRows(needs: readonly Need[], context: FacadeContext): readonly NeedView[] {
  const { org, seesMoney, seesMeters } = context;
  return needs.map((need) => {
    const { kind, unitId, unitLabel, subjectId } = need;
    const isMoney = kind === "no-token" || kind === "refund-due";
    const isMeter = kind === "contested" || kind === "out-unread";
    const unit = `/o/${org}/units/${unitId}`;
    return {
      key: `${kind} ${subjectId ?? unitId} ${need.at?.getTime() ?? ""}`,
      href:
        isMoney && seesMoney && subjectId
          ? `/o/${org}/purchases/${subjectId}`
          : isMeter && seesMeters && subjectId
            ? `/o/${org}/meters/${subjectId}`
            : unit,
      label: unitLabel,
      text: needText(need, context),
    };
  });
}
