import type { BoughtAgainstUsedView } from "@/components/metering/bought-against-used";
import { findUsage, type Subject, type UsageContext } from "./usage-data";
import { usageView } from "./usage-view";

export type UsageSubject = Subject;
export type { UsageContext } from "./usage-data";

/** What a page shows of bought and used; null where there is nothing that the scope sees. */
export async function usageSection(
  subject: UsageSubject,
  context: UsageContext,
): Promise<BoughtAgainstUsedView | null> {
  const { scope, asked, now } = context;
  const data = await findUsage(scope, subject, { asked, now });
  return data && usageView(data, { ...context, subject });
}
