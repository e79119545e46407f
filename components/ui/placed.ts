/** One of a list whose members have no name but their place: a key that is the place. */
export type Placed<T> = { readonly key: string; readonly place: number; readonly item: T };

/** The members of a list with their places, for drawing those that may be alike or still empty. */
export function placed<T>(items: readonly T[]): readonly Placed<T>[] {
  return items.map((item, place) => ({ key: `place-${place}`, place, item }));
}
