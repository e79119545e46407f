declare const brand: unique symbol;

/**
 * A value that has been checked and says so in its type: `Brand<string, "MeterNumber">` is a string
 * that only `parseMeterNumber` hands out. Nothing is added at run time.
 */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };
