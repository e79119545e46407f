import type { PortfolioSort } from "@/lib/overview";

/** The choice as the address bar holds it. */
export type PortfolioAsked = {
  readonly text: string;
  readonly sort: PortfolioSort;
  readonly page: number;
};

const SORTS: readonly PortfolioSort[] = ["name", "dark", "sold", "needs"];
const LONGEST = 80;
const LAST_PAGE = 1_000;

/** What is no such value is left out, for a list refuses nobody; money sorts for who may see it. */
export function readPortfolioQuery(
  given: Readonly<Record<string, string | string[] | undefined>>,
  seesMoney: boolean,
): PortfolioAsked {
  const { q, sort, page } = given;
  const sorts = SORTS.filter((each) => seesMoney || each !== "sold");
  const number = typeof page === "string" && /^\d{1,4}$/.test(page) ? Number(page) : 1;
  return {
    text: typeof q === "string" ? q.trim().slice(0, LONGEST) : "",
    sort: sorts.find((each) => each === sort) ?? "name",
    page: Math.min(Math.max(number, 1), LAST_PAGE),
  };
}

export function portfolioHref(path: string, asked: PortfolioAsked): string {
  const pairs: string[][] = [];
  if (asked.text !== "") pairs.push(["q", asked.text]);
  if (asked.sort !== "name") pairs.push(["sort", asked.sort]);
  if (asked.page > 1) pairs.push(["page", String(asked.page)]);
  const search = new URLSearchParams(pairs).toString();
  return search === "" ? path : `${path}?${search}`;
}
