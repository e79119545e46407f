import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { SearchPage } from "@/components/property/search-page";
import { systemClock } from "@/lib/platform";
import { findHits } from "./find-hits";

type Props = {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("search.title") };

/** The search as a page: what the palette finds, grouped, without any script. */
export default async function SearchRoute({ params, searchParams }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "building:read");
  const { q } = await searchParams;
  const text = typeof q === "string" ? q : "";
  const t = translatorFor(LANGUAGE.lang);
  const [frame, hits] = await Promise.all([
    consoleFrame(visit, null, null),
    findHits(visit.scope, { text, now: systemClock.now(), t }),
  ]);
  const groups = [...new Set(hits.map((hit) => hit.group))].map((group) => ({
    group,
    hits: hits.filter((hit) => hit.group === group),
  }));
  return <SearchPage frame={frame} view={{ path: `/o/${org}/search`, text, groups }} />;
}
