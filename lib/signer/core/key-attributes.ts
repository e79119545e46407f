import { err, ok, type Result } from "@/lib/kernel";
import { BASE_DATES } from "@/lib/sts";

/** What the Key Management Centre says of a key that is imported, as it is typed. */
export type TypedAttributes = Readonly<Partial<Record<AttributeName, string | undefined>>>;

export type AttributeName =
  | "organization"
  | "sgc"
  | "krn"
  | "ken"
  | "base-date"
  | "active-from"
  | "issue-until"
  | "subclasses"
  | "credit-limit-kwh"
  | "first-custodian"
  | "second-custodian"
  | "check-value";

export type ImportedAttributes = {
  readonly organizationId: string;
  readonly supplyGroupCode: string;
  readonly keyRevisionNumber: number;
  readonly keyExpiryNumber: number;
  readonly baseDateYear: 1993 | 2014 | 2035;
  readonly activeFrom: Date;
  /** The first instant at which nothing is issued any more. */
  readonly issueUntil: Date | null;
  readonly allowedSubclasses: readonly number[];
  /** Token units of 0.1 kWh; null for no limit. */
  readonly creditLimitUnits: bigint | null;
  readonly custodians: readonly [string, string];
  readonly checkValue: string;
};

const ORGANIZATION = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const EVERY_SUBCLASS = "0,1,2,3,4,5,6,7";

/** Gives what was typed as attributes, or the first one that is missing or cannot be. */
export function parseAttributes(typed: TypedAttributes): Result<ImportedAttributes, AttributeName> {
  const { sgc = "", krn = "", ken = "", subclasses = EVERY_SUBCLASS } = typed;
  const organizationId = (typed.organization ?? "").toLowerCase();
  if (!ORGANIZATION.test(organizationId)) return err("organization");
  if (!/^\d{6}$/.test(sgc)) return err("sgc");
  if (!/^[1-9]$/.test(krn)) return err("krn");
  if (!/^\d{1,3}$/.test(ken) || Number(ken) > 255) return err("ken");
  const baseDateYear = baseDateOf(typed["base-date"] ?? "");
  if (!baseDateYear) return err("base-date");
  const activeFrom = instantOf(typed["active-from"] ?? "");
  if (!activeFrom) return err("active-from");
  const issueUntil = typed["issue-until"] ? instantOf(typed["issue-until"]) : null;
  if (typed["issue-until"] && (!issueUntil || issueUntil <= activeFrom)) return err("issue-until");
  if (!/^[0-7](,[0-7])*$/.test(subclasses)) return err("subclasses");
  const creditLimitUnits = unitsOf(typed["credit-limit-kwh"]);
  if (creditLimitUnits === undefined) return err("credit-limit-kwh");
  const [first, second] = [typed["first-custodian"] ?? "", typed["second-custodian"] ?? ""];
  if (first.trim() === "") return err("first-custodian");
  if (second.trim() === "" || isOnePerson(first, second)) return err("second-custodian");
  const checkValue = (typed["check-value"] ?? "").replaceAll(/\s/g, "").toLowerCase();
  if (!/^[0-9a-f]{6}$/.test(checkValue)) return err("check-value");
  return ok({
    organizationId,
    supplyGroupCode: sgc,
    keyRevisionNumber: Number(krn),
    keyExpiryNumber: Number(ken),
    baseDateYear,
    activeFrom,
    issueUntil,
    allowedSubclasses: [...new Set(subclasses.split(",").map(Number))].sort(),
    creditLimitUnits,
    custodians: [first.trim(), second.trim()],
    checkValue,
  });
}

function baseDateOf(text: string): ImportedAttributes["baseDateYear"] | undefined {
  return BASE_DATES.find((year) => String(year) === text);
}

/** A civil date is its first instant in UTC, in which token ids count. */
function instantOf(text: string): Date | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const instant = new Date(`${text}T00:00:00Z`);
  // 31 June would roll over into July.
  const isADay = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
  return isADay ? instant : null;
}

/** Undefined for what is no amount; null for no limit. */
function unitsOf(text: string | undefined): bigint | null | undefined {
  if (text === undefined || text === "") return null;
  return /^\d{1,15}$/.test(text) ? BigInt(text) * 10n : undefined;
}

const isOnePerson = (one: string, other: string) =>
  one.trim().toLowerCase() === other.trim().toLowerCase();
