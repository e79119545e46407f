import {
  type MembershipRole,
  parseContact,
  parseMembershipRole,
  parseRole,
} from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import type { Buildings } from "./role-change";

/** For how long support may look. */
export const SUPPORT_HOURS = [1, 4, 24] as const;
export type SupportHours = (typeof SUPPORT_HOURS)[number];
export const LONGEST_REASON = 400;

/** What an administrator types to invite somebody. */
export type InvitationForm = {
  readonly email: string;
  readonly role: MembershipRole;
  readonly buildings: Buildings;
  /** For support alone. */
  readonly supportHours: SupportHours | null;
  readonly reason: string;
  readonly replaces: boolean;
};

type Fault = "not-an-email" | "no-role" | "no-buildings" | "no-hours" | "no-reason" | "too-long";
export type InvitationFaults = Readonly<
  Partial<Record<"email" | "role" | "buildings" | "hours" | "reason", Fault>>
>;

type Typed = {
  readonly email: string;
  readonly role: string;
  /** "all" or "chosen". */
  readonly reach: string;
  readonly buildings: readonly string[];
  readonly hours: string;
  readonly reason: string;
  readonly replaces: boolean;
};

/** Reads the form, or gives every field's fault. Support reads all, for a time, for a reason. */
export function parseInvitationForm(typed: Typed): Result<InvitationForm, InvitationFaults> {
  const contact = parseContact(typed.email);
  const email = contact.ok && contact.value.kind === "email" ? contact.value.value : null;
  const role = parseMembershipRole(typed.role);
  const isSupport = role === "support";
  const buildings = isSupport ? null : readReach(typed.reach, typed.buildings);
  const supportHours = SUPPORT_HOURS.find((hours) => String(hours) === typed.hours) ?? null;
  const reason = readReason(typed.reason);
  const faults: InvitationFaults = {
    ...(email === null ? { email: "not-an-email" } : {}),
    ...(role === null ? { role: "no-role" } : {}),
    ...(buildings?.length === 0 ? { buildings: "no-buildings" } : {}),
    ...(isSupport && supportHours === null ? { hours: "no-hours" } : {}),
    ...(isSupport && reason === "" ? { reason: "no-reason" } : {}),
    ...(reason.length > LONGEST_REASON ? { reason: "too-long" } : {}),
  };
  if (Object.keys(faults).length > 0 || email === null || role === null) return err(faults);
  const { replaces } = typed;
  const hours = isSupport ? supportHours : null;
  return ok({ email, role, buildings, supportHours: hours, reason, replaces });
}

/** A role and its buildings, as the page of a member asks for them. */
export function parseStandingForm(typed: Pick<Typed, "role" | "reach" | "buildings">) {
  const role = parseRole(typed.role);
  const buildings = readReach(typed.reach, typed.buildings);
  const faults: InvitationFaults = {
    ...(role === null ? { role: "no-role" } : {}),
    ...(buildings?.length === 0 ? { buildings: "no-buildings" } : {}),
  };
  return role === null || buildings?.length === 0 ? err(faults) : ok({ role, buildings });
}

/** One line without control characters: it is read by a second person, and stands in the trail. */
export function readReason(typed: string): string {
  return typed.replaceAll(/\p{Cc}+/gu, " ").trim();
}

const readReach = (reach: string, buildings: readonly string[]): Buildings =>
  reach === "chosen" ? [...new Set(buildings)] : null;
