type Figure = {
  readonly bench: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly target: number;
  readonly beside: { readonly what: string; readonly value: number };
};

/** One figure as one JSON line, to three significant digits after the point. */
export function tellFigure(figure: Figure): void {
  const { beside } = figure;
  const line = { ...figure, value: rounded(figure.value) };
  const told = { ...line, beside: { ...beside, value: rounded(beside.value) } };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}

const rounded = (value: number) => Math.round(value * 1_000) / 1_000;

/** The value below which so many of a hundred lie. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const place = Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100));
  return sorted[place] ?? Number.NaN;
}
