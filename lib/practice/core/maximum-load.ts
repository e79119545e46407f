/** What a single-phase meter carries: 20 kW, the most a practice load draws. */
export const MAXIMUM_LOAD_WATT = 20_000;
