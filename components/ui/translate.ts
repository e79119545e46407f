import type messages from "@/messages/en.json";

type Leaves<T> = {
  [Key in keyof T & string]: T[Key] extends string ? Key : `${Key}.${Leaves<T[Key]>}`;
}[keyof T & string];

/** The address of one sentence in `messages/en.json`, such as `buy.meterNumber`. */
export type MessageKey = Leaves<typeof messages>;

/**
 * Turns a message's key into a sentence of the reader's language. Both worlds hand one to their
 * components (pages without script and the console), so that the components can be shared.
 * Money, energy, dates and numbers go in already formatted; only plural counts go in as numbers.
 */
export type Translate = (
  key: MessageKey,
  values?: Readonly<Record<string, string | number>>,
) => string;
