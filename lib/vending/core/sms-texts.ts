import { assert } from "@/lib/kernel";

/** As many characters as one message carries in the GSM 7-bit alphabet (3GPP TS 23.038). */
export const SMS_LENGTH = 160;

/** What a message about a bought token says. */
export type SmsFacts = {
  /** Twenty digits each, in the order of typing. */
  readonly tokens: readonly string[];
  readonly energyText: string;
  readonly amountText: string;
  readonly meterNumber: string;
  readonly receiptNumber: string;
  readonly sellerName: string;
  readonly contactText: string | null;
};

// The basic table without its letters that a phone may show otherwise: what remains is one septet
// each and the same in ASCII.
const NOT_SENDABLE = /[^A-Za-z0-9 .,:;!?()+\-/%&*#<>='"\n@]/gu;

/**
 * A token as text messages of 160 characters. The digits come first and are never cut; what does
 * not fit into the last message is left out whole, the least needed first. More than one message
 * only where the digits alone need it.
 */
export function smsTexts(facts: SmsFacts): readonly string[] {
  assert(
    facts.tokens.every((digits) => /^\d{20}$/.test(digits)),
    "a token has 20 digits",
  );
  const isNumbered = facts.tokens.length > 1;
  const lines = facts.tokens.map((digits, index) =>
    isNumbered ? `${index + 1}) ${grouped(digits)}` : grouped(digits),
  );
  const messages: string[] = [];
  for (const line of lines) addTo(messages, line, true);
  for (const line of factLines(facts)) addTo(messages, line, false);
  return messages;
}

const grouped = (digits: string) => (digits.match(/.{4}/g) ?? []).join(" ");

/** After the digits, in the order of their use to who types them. */
function factLines(facts: SmsFacts): readonly string[] {
  return [
    sendable(facts.energyText),
    `Meter ${sendable(facts.meterNumber)}`,
    `Paid ${sendable(facts.amountText)}`,
    `Receipt ${sendable(facts.receiptNumber)}`,
    sendable(facts.sellerName),
    sendable(facts.contactText ?? ""),
  ];
}

/** Adds a line to the last message; a new one is opened only for what must not be left out. */
function addTo(messages: string[], line: string, isNeeded: boolean): void {
  if (line === "") return;
  const last = messages.at(-1);
  const joined = last === undefined ? line : `${last}\n${line}`;
  if (joined.length <= SMS_LENGTH) messages.splice(-1, 1, joined);
  else if (isNeeded) messages.push(line);
}

/** A text without what one septet cannot say; empty where most of it would be lost. */
function sendable(text: string): string {
  const plain = text.normalize("NFKD").replaceAll(/[\u0300-\u036f]/gu, "");
  const sent = plain.replaceAll(/\s+/gu, " ").replaceAll(NOT_SENDABLE, "").trim();
  return sent.length * 2 < [...plain].length ? "" : sent;
}
