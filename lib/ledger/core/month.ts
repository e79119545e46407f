const FORM = /^20\d{2}-(0[1-9]|1[0-2])$/;

/** Whether a text is a month of this century, "YYYY-MM". */
export const isMonth = (text: string): boolean => FORM.test(text);

/** The month after, "YYYY-MM". */
export function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
}

export const firstDayOf = (month: string): string => `${month}-01`;

/** The months from one to another, both included, the last first; at most `most` of the latest. */
export function monthsDownTo(
  first: string,
  last: string,
  { most }: { readonly most: number },
): readonly string[] {
  const months: string[] = [];
  for (let month = first; month <= last; month = nextMonth(month)) months.unshift(month);
  return months.slice(0, most);
}
