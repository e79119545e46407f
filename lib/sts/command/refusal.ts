/** Why a line gets no result; `code` is one of CLI names, the message is for people. */
export type RefusalCode =
  | "bad-request"
  | "FormatError"
  | "CRCError"
  | "PanError"
  | "RangeError"
  | "KeyTypeError"
  | "KeyExpiredError";

/** Thrown by whatever reads or answers a line, caught where the line's answer is written. */
export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}

export function badRequest(message: string): Refusal {
  return new Refusal("bad-request", message);
}

export function outOfRange(what: string): Refusal {
  return new Refusal("RangeError", `${what} is outside its range`);
}
